import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetSource } from '../../../shared/contract/assets.ts';
import { assetKinds, type AssetKind } from '../../../shared/domain/asset-kinds.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './assets.module.css';
import { MappingTable } from './mapping-table.tsx';
import { SampleTable } from './sample-table.tsx';
import { SourceAddress } from './source-address.tsx';
import {
  addressOf,
  sourceDraftOf,
  sourceFaultsOf,
  toSourceInput,
  type SourceDraft,
  type SourceFault,
} from './source-form-state.ts';

/** An address the registry is updated from. */
export function SourceForm({
  source,
  onSaved,
  onCancel,
}: {
  readonly source: AssetSource | undefined;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => sourceDraftOf(source));
  const [tried, setTried] = useState(false);
  const { tryAddress, answer, busy, save } = useSource(source, onSaved);
  const faults = tried ? sourceFaultsOf(draft) : [];
  const change = (part: Partial<SourceDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const setMapping = (part: Partial<SourceDraft['mapping']>): void =>
    change({ mapping: { ...draft.mapping, ...part } });
  const errorOf = (field: SourceFault['field']): string | undefined => {
    const fault = faults.find((other) => other.field === field);
    return fault && t(`assetImport.sources.form.${fault.key}`);
  };

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (sourceFaultsOf(draft).length === 0) void save(draft);
    else if (form.current) focusFirstInvalid(form.current);
  }

  async function ask(): Promise<void> {
    const found = await tryAddress(draft);
    // What somebody mapped is not guessed over.
    if (found && Object.keys(draft.mapping.columns).length === 0) {
      change({ mapping: { ...found.mapping, listPath: draft.mapping.listPath } });
    }
  }

  return (
    <form ref={form} className={styles.stack} onSubmit={submit} noValidate>
      <h2>
        {source
          ? t('assetImport.sources.form.title', { name: source.name })
          : t('assetImport.sources.form.newTitle')}
      </h2>
      <div className={styles.narrow}>
        <Field
          label={t('assetImport.sources.form.name')}
          value={draft.name}
          onChange={(name) => change({ name })}
          error={errorOf('name')}
          maxLength={120}
          autoComplete="off"
          autoFocus
        />
        <SourceAddress source={source} draft={draft} errorOf={errorOf} onChange={change} />
        <Field
          label={t('assetImport.sources.form.listPath')}
          description={t('assetImport.sources.form.listPathHint')}
          value={draft.mapping.listPath}
          onChange={(listPath) => setMapping({ listPath })}
          maxLength={200}
          autoComplete="off"
          mono
        />
        <div>
          <Button busy={busy === 'try'} disabled={draft.url.trim() === ''} onClick={() => void ask()}>
            {t('assetImport.sources.form.try')}
          </Button>
        </div>
        {answer ? (
          <Notice tone="good">{t('assetImport.sources.form.tried', { count: answer.rows })}</Notice>
        ) : null}
      </div>
      {answer ? <SampleTable columns={answer.columns} sample={answer.sample} /> : null}
      {errorOf('mapping') ? <p role="alert">{errorOf('mapping')}</p> : null}
      <MappingTable
        mapping={draft.mapping}
        columns={answer?.columns ?? []}
        sample={answer?.sample ?? []}
        invalid={tried}
        paths
        onChange={(mapping) => change({ mapping })}
      />
      <div className={styles.narrow}>
        <Select
          label={t('assetImport.mapping.kind')}
          options={assetKinds.map((value) => ({ value, label: t(`assets.kind.${value}`) }))}
          value={draft.mapping.kind}
          onChange={(kind) => kind !== null && setMapping({ kind: kind as AssetKind })}
        />
        <Checkbox
          label={t('assetImport.mapping.complete')}
          description={t('assetImport.mapping.completeHint')}
          checked={draft.mapping.complete}
          onChange={(complete) => setMapping({ complete })}
        />
        <Field
          label={t('assetImport.sources.form.every')}
          description={t('assetImport.sources.form.everyHint')}
          value={draft.every}
          onChange={(every) => change({ every })}
          error={errorOf('every')}
          inputMode="numeric"
          maxLength={6}
          autoComplete="off"
        />
        <Switch
          label={t('assetImport.sources.form.active')}
          checked={draft.active}
          onChange={(active) => change({ active })}
        />
        <div className={styles.formActions}>
          <Button kind="primary" type="submit" busy={busy === 'save'}>
            {t('assetImport.sources.form.save')}
          </Button>
          <Button onClick={onCancel}>{t('assetImport.sources.form.cancel')}</Button>
        </div>
      </div>
    </form>
  );
}

function useSource(source: AssetSource | undefined, onSaved: () => void) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [busy, setBusy] = useState<'try' | 'save' | null>(null);
  type Answer = Awaited<ReturnType<typeof rpc.assets.trySource>>;
  const [answer, setAnswer] = useState<Answer>();

  async function tryAddress(draft: SourceDraft): Promise<Answer | undefined> {
    setBusy('try');
    const { listPath } = draft.mapping;
    const found = await command(() => rpc.assets.trySource({ ...addressOf(draft, source?.id), listPath }));
    setBusy(null);
    setAnswer(found);
    return found;
  }

  async function save(draft: SourceDraft): Promise<void> {
    setBusy('save');
    const saved = await command(() => rpc.assets.saveSource(toSourceInput(draft, source?.id)), {
      done: t('assetImport.sources.form.saved', { name: draft.name.trim() }),
    });
    setBusy(null);
    if (saved) onSaved();
  }
  return { tryAddress, save, answer, busy };
}
