import { Eye } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import type { FeedKind } from '../../lib/feed.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { shortName } from '../../lib/people-store.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { IconButton } from '../../ui/icon-button.tsx';

const kinds: readonly FeedKind[] = ['personal', 'message'];

/** Who has read it all, in words; pressed it is unread again for whoever presses. */
export function Readers({ row, onUnread }: { readonly row: IncidentRow; readonly onUnread: () => void }) {
  const { rpc, people } = useDesk();
  const { t } = useTranslation();
  const keys = useKeys();
  const command = useCommand();
  const everyone = useStore(people, (state) => state.people);
  const load = useCallback(
    (client: Rpc, signal: AbortSignal) => client.personal.readers({ incidentId: row.id }, { signal }),
    [row.id],
  );
  const { data } = useServerData(load, kinds);
  const names = (data?.personIds ?? []).map((id) => shortName(everyone.get(id)?.name ?? ''));
  function markUnread(): void {
    onUnread();
    void command(() => rpc.personal.markUnread({ incidentId: row.id }), {
      done: t('notes.readers.done', { code: row.code }),
    });
  }
  useShortcut('markUnread', markUnread);
  const who =
    names.length === 0 ? t('notes.readers.none') : t('notes.readers.some', { names: names.join(', ') });
  return (
    <IconButton
      label={`${who}. ${t('notes.readers.unread')}`}
      keys={keys('markUnread')}
      icon={<Eye size={16} />}
      onClick={markUnread}
    />
  );
}
