import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotifyGroup } from '../../../shared/contract/ladders.ts';
import type { Party, Urgency } from '../../../shared/domain/reaching.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFiles } from '../../lib/files/use-files.ts';
import type { NoticeRequest } from '../../lib/notice-request.ts';
import type { FoundParty } from '../../lib/reach/party-picker.tsx';
import { useCommand } from '../../lib/use-command.ts';

export type Compose = {
  readonly to: readonly FoundParty[];
  readonly groups: readonly NotifyGroup[];
  readonly urgency: Urgency;
  readonly title: string;
  readonly text: string;
  readonly asks: boolean;
  readonly incident: NoticeRequest['incident'];
  readonly templateId: number | null;
  /** Places of the template that nothing fills. */
  readonly unknown: readonly string[];
};

/** What is being written, and sending it; nothing is kept when the dialog is closed. */
export function useCompose({ incident }: NoticeRequest, onSent: () => void) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [state, setState] = useState<Compose>({
    to: [],
    groups: [],
    urgency: 'normal',
    title: incident ? `${incident.code} ${incident.title}` : '',
    text: '',
    asks: true,
    incident,
    templateId: null,
    unknown: [],
  });
  const files = useFiles();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<Compose>): void => setState((before) => ({ ...before, ...part }));
  const parties = everybody(state);

  async function fill(templateId: number | null, about = state.incident): Promise<void> {
    set({ templateId, incident: about, ...(templateId === null ? { unknown: [] } : {}) });
    if (templateId === null) return;
    const rendered = await command(() =>
      rpc.notifications.render({ templateId, incidentId: about?.id ?? null }),
    );
    if (rendered) set({ title: rendered.title, text: rendered.text, unknown: rendered.unknown });
  }

  return {
    state,
    set,
    fill,
    parties,
    files,
    busy,
    noText: tried && state.text.trim() === '',
    nobody: tried && parties.length === 0,
    filesLeft: tried && files.isBusy,
    async send(): Promise<boolean> {
      setTried(true);
      if (state.text.trim() === '' || parties.length === 0 || files.isBusy) return false;
      setBusy(true);
      const { urgency, title, text, asks } = state;
      const sent = await command(
        () =>
          rpc.notifications.compose({
            to: state.to.map(({ kind, id }) => ({ kind, id })),
            groupIds: state.groups.map(({ id }) => id),
            urgency,
            title: title.trim(),
            text: text.trim(),
            asks,
            incidentId: state.incident?.id ?? null,
            files: [...files.files],
          }),
        { done: ({ ids }) => t('notifications.compose.done', { count: ids.length }) },
      );
      setBusy(false);
      if (sent) onSent();
      return sent !== undefined;
    },
  };
}

/** Each once, however many of the groups they are in. */
function everybody({ to, groups }: Compose): readonly Party[] {
  const all: readonly Party[] = [...to, ...groups.flatMap(({ members }) => members)];
  return [...new Map(all.map(({ kind, id }) => [`${kind} ${id}`, { kind, id }])).values()];
}
