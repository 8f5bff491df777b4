import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import type { FeedKind } from '../../../lib/feed.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';

const kinds: readonly FeedKind[] = ['incident'];

/** Notes of one incident, and what is done with them; each with its words and its way back. */
export function useNotes(incidentId: number) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const load = useCallback(
    (client: Rpc, signal: AbortSignal) => client.notes.ofIncident({ incidentId }, { signal }),
    [incidentId],
  );
  const { data, error, reload } = useServerData(load, kinds);
  return {
    data,
    error,
    reload,
    add: (text: string) =>
      command(() => rpc.notes.add({ incidentId, text }), { done: t('notes.done.added') }),
    edit: (id: number, text: string) =>
      command(() => rpc.notes.edit({ id, text }), { done: t('notes.done.edited') }),
    remove: (id: number) => command(() => rpc.notes.remove({ id }), { done: t('notes.done.removed') }),
    saveDraft: (text: string) => rpc.notes.saveDraft({ incidentId, text }),
  };
}

export type Notes = ReturnType<typeof useNotes>;
