import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MessageView } from '../../../shared/contract/incidents.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import type { CardData } from './card-state.ts';
import type { AskCard } from './life/card-dialog.ts';
import { useNames } from './use-names.ts';

export type Edit = {
  readonly title?: string;
  readonly description?: string;
  readonly asset?: string;
  readonly applicantName?: string;
  readonly applicantPhone?: string;
  readonly applicantAddress?: string;
  readonly priority?: 'normal' | 'high';
  readonly categoryIds?: number[];
};

/** Everything that a key or a click does to the incident in the card, each with its words and its way back. */
export function useIncidentActions(data: CardData, ask: AskCard) {
  const { rpc, reference, toasts, session, undo } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const names = useNames();
  const statuses = useStore(reference, (state) => state.statuses);
  const { id, revision: expected, code } = data.row;
  const me = useStore(session.store, (state) => state.person?.id ?? null);

  /** Asks first where the status wants more than a press: a time to wake up, or what is missing for closing. */
  async function setStatus(statusId: number): Promise<void> {
    if (statuses.get(statusId)?.key === 'postponed') return ask({ kind: 'postpone' });
    await command(() => rpc.incidents.setStatus({ id, expected, statusId }), {
      done: t('card.done.status', { code, name: names.status(statusId) }),
      onError(error) {
        if (error.reason !== 'not-ready-to-close') return false;
        ask({ kind: 'closing', statusId });
        return true;
      },
    });
  }

  async function saveRule(field: 'sender' | 'subject', value: string): Promise<void> {
    await command(() => rpc.rules.save({ id: null, field, value, active: true }), {
      done: t(`card.rule.${field}`, { value }),
    });
  }

  return {
    setStatus,
    setType: (typeId: number | null) =>
      command(() => rpc.incidents.setType({ id, expected, typeId }), {
        done:
          typeId === null
            ? t('card.done.noType', { code })
            : t('card.done.type', { code, name: names.type(typeId) }),
      }),
    assign: (personId: number | null) =>
      command(() => rpc.incidents.assign({ id, expected, personId }), {
        done:
          personId === null
            ? t('card.done.unassigned', { code })
            : t('card.done.assigned', { code, name: names.person(personId) }),
      }),
    me,
    edit: (change: Edit) =>
      command(() => rpc.incidents.edit({ id, expected, ...change }), {
        done: t('card.done.edited', { code }),
      }),
    /** To the first finishing status that may be chosen now; says which step is missing when there is none. */
    close() {
      const next = data.nextStatusIds
        .map((next) => statuses.get(next))
        .filter((status) => status !== undefined);
      const target =
        next.find((status) => status.finishes && status.key === 'closed') ??
        next.find((status) => status.finishes && status.tone === 'done') ??
        next.find((status) => status.finishes);
      if (target) return void setStatus(target.id);
      toasts.show({
        text: t('card.cannotClose', { names: next.map((status) => names.status(status.id)).join(', ') }),
      });
    },
    async dismiss() {
      const sender = data.applicantAddress;
      const done = await command(() => rpc.incidents.dismiss({ id, expected }));
      if (!done) return;
      const text = t('card.done.dismissed', { code });
      if (done.undo !== null) undo.push({ sequence: done.undo, text });
      toasts.show({
        text,
        lastsMs: 12_000,
        actions: [
          ...(done.undo === null
            ? []
            : [
                {
                  label: t('common.undo'),
                  keys: 'U',
                  onAction: () => {
                    undo.drop(done.undo ?? 0);
                    void command(() => rpc.incidents.undo({ sequence: done.undo ?? 0 }), {
                      done: t('common.undoneWhat', { what: text }),
                    });
                  },
                },
              ]),
          ...(sender
            ? [{ label: t('card.rule.offer'), onAction: () => void saveRule('sender', sender) }]
            : []),
        ],
      });
    },
    move: (message: MessageView, incidentId: number | null) =>
      command(() => rpc.incidents.moveMessage({ messageId: message.id, incidentId }), {
        done:
          incidentId === null
            ? t('card.done.movedNew')
            : t('card.done.moved', { code: message.link.otherCode ?? '' }),
      }),
  };
}

export type IncidentActions = ReturnType<typeof useIncidentActions>;
