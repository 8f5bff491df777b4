import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assetKinds, type AssetKind } from '../../../shared/domain/asset-kinds.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { AssetFilter } from './asset-list.ts';
import styles from './assets.module.css';
import { useAssetOptions } from './use-reference.ts';

/** Which assets: by kind, place, contractor, and what goes on there. */
export function AssetFilters({
  filter,
  onChange,
}: {
  readonly filter: AssetFilter;
  readonly onChange: (part: Partial<AssetFilter>) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  useShortcut('filters', () => setOpen(true));
  const count =
    filter.kinds.length +
    filter.regionIds.length +
    filter.contractorIds.length +
    Number(filter.withOpenIncidents) +
    Number(filter.gone);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('keys.filters')}
      position="bottom-start"
      target={
        <Button keys={keys('filters')} pressed={count > 0} onClick={() => setOpen(!open)}>
          {count > 0 ? `${t('keys.filters')} · ${count}` : t('keys.filters')}
        </Button>
      }
    >
      <FilterForm filter={filter} onChange={onChange} />
    </Popover>
  );
}

function FilterForm({
  filter,
  onChange,
}: {
  readonly filter: AssetFilter;
  readonly onChange: (part: Partial<AssetFilter>) => void;
}) {
  const { t } = useTranslation();
  const { regions, contractors } = useAssetOptions();
  const nothingFound = t('assets.filter.nothing');
  return (
    <div className={styles.filters}>
      <MultiSelect
        label={t('assets.filter.kinds')}
        options={assetKinds.map((value) => ({ value, label: t(`assets.kinds.${value}`) }))}
        value={filter.kinds}
        onChange={(kinds) => onChange({ kinds: kinds as readonly AssetKind[] })}
        nothingFound={nothingFound}
      />
      <MultiSelect
        label={t('assets.filter.regions')}
        options={regions}
        value={filter.regionIds.map(String)}
        onChange={(ids) => onChange({ regionIds: ids.map(Number) })}
        nothingFound={nothingFound}
      />
      <MultiSelect
        label={t('assets.filter.contractors')}
        options={contractors}
        value={filter.contractorIds.map(String)}
        onChange={(ids) => onChange({ contractorIds: ids.map(Number) })}
        nothingFound={nothingFound}
      />
      <Checkbox
        label={t('assets.filter.open')}
        checked={filter.withOpenIncidents}
        onChange={(withOpenIncidents) => onChange({ withOpenIncidents })}
      />
      <Checkbox
        label={t('assets.filter.gone')}
        checked={filter.gone}
        onChange={(gone) => onChange({ gone })}
      />
    </div>
  );
}
