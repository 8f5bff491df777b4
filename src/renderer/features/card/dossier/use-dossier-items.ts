import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { IncidentRow } from '../../../../shared/contract/incidents.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import type { MenuItem } from '../../../ui/menu.tsx';
import { eventText } from '../event-text.ts';
import { useNames } from '../use-names.ts';
import { download, print } from './hand-over.ts';

type Form = 'print' | 'pdf' | 'archive';

/** Paper, file and archive of one incident: entries of its menu, and their keys. */
export function useDossierItems(row: IncidentRow): readonly MenuItem[] {
  const { rpc, base, preferences, toasts } = useDesk();
  const { t } = useTranslation();
  const keys = useKeys();
  const names = useNames();
  const format = useFormat();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const [notes, setNotes] = useState(false);

  async function take(as: Form): Promise<void> {
    const incidentId = row.id;
    if (as !== 'archive') toasts.show({ text: t('notes.dossier.making', { code: row.code }) });
    const taken = await command(
      async () => {
        const { entries } = await rpc.incidents.history({ id: incidentId });
        const lines = entries.slice(-10_000).map((entry) => ({
          sequence: entry.sequence,
          text: eventText(entry, { t, names, format, incidentId, at: entry.at }).slice(0, 1000),
        }));
        return rpc.dossier.take({ incidentId, as, notes, language, lines });
      },
      as === 'print'
        ? {}
        : { done: ({ fileName }) => t('notes.dossier.done', { code: row.code, name: fileName }) },
    );
    if (!taken) return;
    if (as === 'print') print(`${base}${taken.path}`);
    else download(`${base}${taken.path}`, taken.fileName);
  }

  useShortcut('print', () => void take('print'));
  useShortcut('exportPdf', () => void take('pdf'));
  useShortcut('exportArchive', () => void take('archive'));
  return [
    { key: 'dossier-line', divider: true },
    {
      key: 'print',
      label: t('notes.dossier.print'),
      keys: keys('print'),
      onSelect: () => void take('print'),
    },
    {
      key: 'pdf',
      label: t('notes.dossier.pdf'),
      keys: keys('exportPdf'),
      onSelect: () => void take('pdf'),
    },
    {
      key: 'archive',
      label: t('notes.dossier.archive'),
      keys: keys('exportArchive'),
      onSelect: () => void take('archive'),
    },
    {
      key: 'with-notes',
      label: t('notes.dossier.notes'),
      checked: notes,
      stay: true,
      onSelect: () => setNotes(!notes),
    },
  ];
}
