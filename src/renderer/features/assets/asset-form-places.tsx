import { useTranslation } from 'react-i18next';
import { AssetPicker } from '../../lib/asset-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Select } from '../../ui/select.tsx';
import type { AssetDraft } from './asset-form-state.ts';
import styles from './assets.module.css';
import { useAssetOptions } from './use-reference.ts';

const notSet = 'not-set';

/** What the asset belongs to: its pole, region, contractor and operators. */
export function AssetFormPlaces({
  draft,
  onChange,
}: {
  readonly draft: AssetDraft;
  readonly onChange: (part: Partial<AssetDraft>) => void;
}) {
  const { t } = useTranslation();
  const { regions, operators, contractors } = useAssetOptions();
  const nothingFound = t('assets.filter.nothing');
  // A choice of its own: the cross of a field is out of reach of the keyboard.
  const unset = { value: notSet, label: t('assets.form.notSet') };
  const choice = (id: number | null) => (id === null ? notSet : String(id));
  return (
    <>
      {draft.kind === 'station' ? <PoleField draft={draft} onChange={onChange} /> : null}
      <Select
        label={t('assets.form.region')}
        options={[unset, ...regions]}
        value={choice(draft.regionId)}
        onChange={(id) => onChange({ regionId: idOf(id) })}
        nothingFound={nothingFound}
        searchable
      />
      <Select
        label={t('assets.form.contractor')}
        options={[unset, ...contractors]}
        value={choice(draft.contractorId)}
        onChange={(id) => onChange({ contractorId: idOf(id) })}
        nothingFound={nothingFound}
        searchable
      />
      <MultiSelect
        label={t('assets.form.operators')}
        options={operators}
        value={draft.operatorIds.map(String)}
        onChange={(ids) => onChange({ operatorIds: ids.map(Number) })}
        nothingFound={nothingFound}
      />
    </>
  );
}

function PoleField({
  draft,
  onChange,
}: {
  readonly draft: AssetDraft;
  readonly onChange: (part: Partial<AssetDraft>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.labelled}>
      <span className={styles.caption}>{t('assets.form.pole')}</span>
      {draft.pole ? (
        <div className={styles.pole}>
          <span className={styles.mono}>{draft.pole.code}</span>
          <Button onClick={() => onChange({ pole: null })}>{t('assets.form.noPole')}</Button>
        </div>
      ) : (
        <AssetPicker
          label={t('assets.form.pole')}
          kind="pole"
          onPick={({ id, code }) => onChange({ pole: { id, code } })}
        />
      )}
    </div>
  );
}

function idOf(value: string | null): number | null {
  return value === null || value === notSet ? null : Number(value);
}
