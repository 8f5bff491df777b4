import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';

/** Whose hours of the day clocks in a region live by: opened by a press, because a list of zones is long. */
export function ZoneCell({
  region,
  zone,
}: {
  readonly region: { readonly id: number; readonly name: string };
  /** Empty: as the desk. */
  readonly zone: string;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [editing, setEditing] = useState(false);
  const name = t('clocks.regionZone.of', { name: region.name });
  if (!editing) {
    const shown = zone || t('clocks.regionZone.none');
    return (
      <Button kind="quiet" label={`${name}: ${shown}`} onClick={() => setEditing(true)}>
        {shown}
      </Button>
    );
  }
  async function save(next: string | null): Promise<void> {
    const saved = await command(() => rpc.clocks.saveRegionZone({ id: region.id, zone: next ?? '' }), {
      done: t('clocks.regionZone.saved', { name: region.name }),
    });
    if (saved) setEditing(false);
  }
  return (
    <Select
      name={name}
      value={zone || null}
      placeholder={t('clocks.regionZone.none')}
      options={Intl.supportedValuesOf('timeZone').map((one) => ({ value: one, label: one }))}
      onChange={(next) => void save(next)}
      clearable
      searchable
      autoFocus
    />
  );
}
