import type { ClosingProblem } from '../../../../shared/contract/workflow.ts';
import type { IncidentKind, Writer } from '../event-writer.ts';
import { shortProblems } from './short-problems.ts';

type LifeKind = Extract<
  IncidentKind,
  | 'incident.status-changed'
  | 'incident.subtype-changed'
  | 'incident.repair-priority-changed'
  | 'incident.closed'
  | `incident.auto-close-${string}`
  | `incident.reminder-${string}`
>;

/** Lines of the history about closing, waiting and reminding. */
export const lifeTexts: { readonly [K in LifeKind]: Writer<K> } = {
  'incident.status-changed': ({ from, to, why, until, reason = '' }, { t, names, format, at: written }) => {
    if (why === 'postponed' && until !== undefined) {
      const at = format.when(until, written);
      return reason === ''
        ? t('journal.status.postponed', { until: at })
        : t('journal.status.postponedWhy', { until: at, reason });
    }
    const moved = { from: names.status(from), to: names.status(to) };
    return why === 'postponed' ? t('journal.status.hand', moved) : t(`journal.status.${why}`, moved);
  },
  'incident.subtype-changed': ({ to }, { t, names }) =>
    to === null ? t('journal.life.noSubtype') : t('journal.life.subtype', { to: names.subtype(to) }),
  'incident.repair-priority-changed': ({ to }, { t, names }) =>
    to === null
      ? t('journal.life.noRepairPriority')
      : t('journal.life.repairPriority', { to: names.repairPriority(to) }),
  'incident.closed': ({ statusId }, { t }) =>
    t(statusId === null ? 'journal.life.armedAfter' : 'journal.life.closed'),
  'incident.auto-close-armed': ({ at, by, group }, { t, format, at: written }) =>
    t(`journal.life.armed.${by}`, { at: format.when(at, written) }) +
    (group === null ? '' : t('journal.life.armedGroup', { group })),
  'incident.auto-close-cancelled': ({ why }, { t }) => t(`journal.life.cancelled.${why}`),
  'incident.auto-close-refused': ({ problems }, { t }) =>
    t('journal.life.refused', {
      what: shortProblems(
        problems.map((kind) => ({ kind: kind as ClosingProblem['kind'] })),
        t,
      ),
    }),
  'incident.reminder-set': ({ at }, { t, format, at: written }) =>
    t('journal.life.reminderSet', { at: format.when(at, written) }),
  'incident.reminder-done': ({ at }, { t, format, at: written }) =>
    t('journal.life.reminderDone', { at: format.when(at, written) }),
};
