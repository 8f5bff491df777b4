import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './assets.module.css';
import type { AssetLists } from './use-reference.ts';
import { ZoneCell } from './zone-cell.tsx';

const kinds = ['reference'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.clocks.lists({}, { signal });

type Region = AssetLists['regions'][number];

/** One address for repairs in each region, and the hours of the day its clocks live by. */
export function RegionTable({
  regions,
  onSaved,
}: {
  readonly regions: readonly Region[];
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation();
  const { data } = useServerData(load, kinds);
  const zones = new Map(data?.regions.map(({ id, zone }) => [id, zone]));
  const sorted = regions.toSorted((a, b) => a.name.localeCompare(b.name, 'ru'));
  return (
    <section className={styles.stack} aria-label={t('assets.lists.regions')}>
      <h2>{t('assets.lists.regions')}</h2>
      <p className={styles.faint}>
        {t(regions.length === 0 ? 'assets.lists.noRegions' : 'assets.lists.regionsText')}
      </p>
      {regions.length === 0 ? null : (
        <Table
          label={t('assets.lists.regions')}
          columns={[
            { key: 'name', label: t('assets.lists.region') },
            { key: 'macroregion', label: t('assets.lists.macroregion') },
            { key: 'zone', label: t('clocks.regionZone.column'), width: 240 },
            { key: 'repair', label: t('assets.lists.repair'), width: 340 },
          ]}
        >
          {sorted.map((region) => (
            <tr key={region.id}>
              <td title={region.name}>{region.name}</td>
              <td data-dim="true">{region.macroregion}</td>
              <td>
                <ZoneCell region={region} zone={zones.get(region.id) ?? ''} />
              </td>
              <td>
                <RepairCell region={region} onSaved={onSaved} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function RepairCell({ region, onSaved }: { readonly region: Region; readonly onSaved: () => void }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [text, setText] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const name = t('assets.lists.repairOf', { name: region.name });
  if (text === null) {
    const shown = region.repairEmail || t('assets.lists.noRepair');
    return (
      <Button kind="quiet" label={`${name}: ${shown}`} onClick={() => setText(region.repairEmail)}>
        {shown}
      </Button>
    );
  }
  const email = text.trim();
  const isBad = email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);

  async function save(): Promise<void> {
    setTried(true);
    if (isBad) return;
    if (email !== region.repairEmail) {
      const saved = await command(() => rpc.assets.saveRegion({ id: region.id, repairEmail: email }), {
        done: t('assets.lists.regionSaved', { name: region.name }),
      });
      if (!saved) return;
      onSaved();
    }
    setText(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') void save();
    else if (event.key === 'Escape') setText(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.pole}>
      <Field
        name={name}
        kind="email"
        value={text}
        onChange={setText}
        onKeyDown={onKeyDown}
        error={tried && isBad ? t('assets.lists.badEmail') : undefined}
        maxLength={320}
        autoFocus
      />
      <Button onClick={() => void save()}>{t('common.save')}</Button>
    </div>
  );
}
