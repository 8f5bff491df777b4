import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { columns } from './columns.ts';

export function ColumnsMenu() {
  const { preferences } = useDesk();
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const { hiddenColumns, density } = useStore(preferences.store);
  useShortcut('columns', () => setOpen(true));

  const toggle = (key: string): void =>
    preferences.set({
      hiddenColumns: hiddenColumns.includes(key)
        ? hiddenColumns.filter((other) => other !== key)
        : [...hiddenColumns, key],
    });

  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      width={200}
      target={
        <IconButton label={t('queue.columns.choose')} keys={keys('columns')} icon={<Columns3 size={16} />} />
      }
      items={[
        { key: 'columns', heading: t('queue.columns.choose') },
        ...columns
          .filter((column) => !column.fixed)
          .map((column) => ({
            key: column.key,
            label: t(`queue.columns.${column.key}`),
            checked: !hiddenColumns.includes(column.key),
            stay: true,
            onSelect: () => toggle(column.key),
          })),
        { key: 'line', divider: true as const },
        { key: 'density', heading: t('queue.columns.density') },
        ...(['compact', 'comfortable'] as const).map((value) => ({
          key: value,
          label: t(`queue.columns.${value}`),
          checked: density === value,
          onSelect: () => preferences.set({ density: value }),
        })),
      ]}
    />
  );
}
