import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../../../shared/contract/links.ts';
import type { LinkRole } from '../../../../shared/domain/link-kinds.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';

type Own = { readonly id: number; readonly code: string; readonly revision: number };

/** What ties incidents together and takes them apart, each with its words and its way back. */
export function useLinkActions({ id: incidentId, code, revision }: Own) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  return {
    add: ({ id: otherId, code: other }: NamedIncident, role: LinkRole) =>
      command(() => rpc.links.add({ incidentId, otherId, role }), {
        done: t('links.done.linked', { code, other, role: t(`links.role.${role}`) }),
      }),
    remove: ({ id: otherId, code: other }: NamedIncident, role: LinkRole) =>
      command(() => rpc.links.remove({ incidentId, otherId, role }), {
        done: t('links.done.unlinked', { code, other }),
      }),
    unlike: ({ id: otherId, code: other }: NamedIncident) =>
      command(() => rpc.links.unlike({ incidentId, otherId }), { done: t('links.done.unlike', { other }) }),
    /** The other into this one. */
    take: (other: NamedIncident) =>
      command(
        () =>
          rpc.links.merge({
            intoId: incidentId,
            expected: revision,
            others: [{ id: other.id, expected: other.revision }],
          }),
        { done: t('links.done.merged', { codes: other.code, code }) },
      ),
    /** This one into the other. */
    goInto: (other: NamedIncident) =>
      command(
        () =>
          rpc.links.merge({
            intoId: other.id,
            expected: other.revision,
            others: [{ id: incidentId, expected: revision }],
          }),
        { done: t('links.done.merged', { codes: code, code: other.code }) },
      ),
    part: (id: number, own: string, expected: number, takeLater: boolean) =>
      command(() => rpc.links.part({ id, expected, takeLater }), {
        done: t('links.done.parted', { code: own }),
      }),
    leaveFlood: () =>
      command(() => rpc.links.leaveFlood({ incidentId }), { done: t('links.done.floodLeft', { code }) }),
    moveLetters: (messageIds: readonly number[], target: NamedIncident | null, alone: boolean) =>
      command(
        () => rpc.links.moveLetters({ messageIds: [...messageIds], incidentId: target?.id ?? null, alone }),
        {
          done: (moved) =>
            target
              ? t('links.done.moved', { count: moved.moved, code: moved.code })
              : t('links.done.split', { code: moved.code }),
        },
      ),
  };
}

export type LinkActions = ReturnType<typeof useLinkActions>;
