import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMapping } from '../../../shared/contract/assets.ts';
import { assetKinds, type AssetKind } from '../../../shared/domain/asset-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Select } from '../../ui/select.tsx';
import styles from './import.module.css';
import { MappingTable } from './mapping-table.tsx';
import { SampleTable } from './sample-table.tsx';
import { StepTitle } from './step-title.tsx';
import type { ImportActions, ImportPreview, ImportState } from './use-import.ts';

type Props = { readonly state: ImportState; readonly actions: ImportActions };

/** What the file holds and what each column means; nothing is taken yet. */
export function ImportMappingStep({ state, actions }: Props) {
  const { preview, mapping } = state;
  return preview && mapping ? (
    <MappingStep state={state} actions={actions} preview={preview} mapping={mapping} />
  ) : null;
}

function MappingStep({
  state,
  actions,
  preview,
  mapping,
}: Props & { readonly preview: ImportPreview; readonly mapping: ImportMapping }) {
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const [tried, setTried] = useState(false);
  const noName = state.sourceName.trim() === '';
  const set = (part: Partial<ImportMapping>): void => actions.change({ mapping: { ...mapping, ...part } });

  function check(): void {
    setTried(true);
    if (mapping.columns.code !== undefined && !noName) void actions.check();
    else if (root.current) focusFirstInvalid(root.current);
  }

  return (
    <div ref={root} className={styles.stack}>
      <StepTitle>{t('assetImport.mapping.title')}</StepTitle>
      <p className={styles.dim}>
        {t('assetImport.mapping.rows', { name: state.fileName, count: preview.rows })}
        {'. '}
        {preview.sourceName === null
          ? t('assetImport.mapping.guessed')
          : t('assetImport.mapping.remembered', { name: preview.sourceName })}
      </p>
      <div className={styles.options}>
        {preview.format === 'csv' ? (
          <Reading mapping={mapping} onChange={(part) => void actions.reread({ ...mapping, ...part })} />
        ) : null}
        <Select
          label={t('assetImport.mapping.kind')}
          options={assetKinds.map((value) => ({ value, label: t(`assets.kind.${value}`) }))}
          value={mapping.kind}
          onChange={(kind) => kind !== null && set({ kind: kind as AssetKind })}
        />
      </div>
      <SampleTable columns={preview.columns} sample={preview.sample} />
      <MappingTable
        mapping={mapping}
        columns={preview.columns}
        sample={preview.sample}
        invalid={tried}
        onChange={(next) => actions.change({ mapping: next })}
      />
      <div className={styles.narrow}>
        <Field
          label={t('assetImport.mapping.sourceName')}
          description={t('assetImport.mapping.sourceHint')}
          value={state.sourceName}
          onChange={(sourceName) => actions.change({ sourceName })}
          error={tried && noName ? t('assetImport.mapping.noName') : undefined}
          maxLength={120}
          autoComplete="off"
        />
        <Checkbox
          label={t('assetImport.mapping.complete')}
          description={t('assetImport.mapping.completeHint')}
          checked={mapping.complete}
          onChange={(complete) => set({ complete })}
        />
      </div>
      <div className={classNames(styles.actions, styles.sticky)}>
        <Button kind="primary" busy={state.busy !== null} onClick={check}>
          {t('assetImport.mapping.check')}
        </Button>
        <Button disabled={state.busy !== null} onClick={() => actions.go('file')}>
          {t('assetImport.back')}
        </Button>
        <span role="status">{state.busy === 'check' ? t('assetImport.mapping.checking') : null}</span>
      </div>
    </div>
  );
}

const encodings = { 'utf-8': 'UTF-8', 'windows-1251': 'Windows-1251' } as const;

function Reading({
  mapping,
  onChange,
}: {
  readonly mapping: ImportMapping;
  readonly onChange: (part: Partial<ImportMapping>) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('assetImport.mapping.encoding')}
        options={Object.entries(encodings).map(([value, label]) => ({ value, label }))}
        value={mapping.encoding}
        onChange={(encoding) => onChange({ encoding: encoding as ImportMapping['encoding'] })}
      />
      <Select
        label={t('assetImport.mapping.separator')}
        options={([';', ',', '\t'] as const).map((value) => ({
          value,
          label: t(`assetImport.mapping.separators.${value === '\t' ? 'tab' : value}`),
        }))}
        value={mapping.separator}
        onChange={(separator) => onChange({ separator: separator as ImportMapping['separator'] })}
      />
    </>
  );
}
