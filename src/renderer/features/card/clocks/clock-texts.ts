import { alarmKinds } from '../../../../shared/contract/incidents.ts';
import type { IncidentKind, Names, Writer } from '../event-writer.ts';
import { pausingStatus } from '../../../../shared/domain/clock-state.ts';

type ClockKind = Extract<
  IncidentKind,
  | `incident.clock-${string}`
  | `incident.work-${string}`
  | 'incident.deadline-moved'
  | 'incident.escalated'
  | 'incident.at-risk'
  | 'incident.overdue'
>;

/** What the history says about clocks, each by its name. */
export const clockTexts: { readonly [K in ClockKind]: Writer<K> } = {
  'incident.clock-started': ({ kind }, { t, names }) => named(kind, t('journal.clockStarted'), names),
  'incident.clock-paused': ({ kind, reason }, { t, names }) => {
    const statusId = pausingStatus(reason);
    const why = statusId === undefined ? reason : t('clocks.heldBy', { name: names.status(statusId) });
    return named(kind, t('journal.clockPaused', { reason: why }), names);
  },
  'incident.clock-resumed': ({ kind, pausedMs }, { t, names, format }) =>
    named(kind, t('journal.clockResumed', { length: format.age(pausedMs) }), names),
  'incident.clock-ended': ({ kind, met, by }, { t, names }) => {
    const how = met === null ? 'none' : met ? 'met' : 'breached';
    return named(kind, t(`journal.clockEnded.${by === 'merged' ? by : how}`), names);
  },
  'incident.clock-restarted': ({ kind }, { t, names }) => named(kind, t('journal.clockRestarted'), names),
  'incident.work-begun': ({ kind, startedAt, endedBefore }, { t, names, format, at }) =>
    t(endedBefore === null ? 'clocks.event.begun' : 'clocks.event.begunAgain', {
      name: names.clock(kind),
      at: format.when(startedAt, at),
    }),
  'incident.work-ended': ({ kind, endedAt }, { t, names, format, at }) =>
    t('clocks.event.ended', { name: names.clock(kind), at: format.when(endedAt, at) }),
  'incident.work-corrected': ({ kind, to }, { t, names }) =>
    t(to === null ? 'clocks.event.removed' : 'clocks.event.corrected', { name: names.clock(kind) }),
  'incident.deadline-moved': ({ kind, to, because, name }, { t, names, format, at }) =>
    t('clocks.event.moved', {
      name: names.clock(kind),
      to: to === null ? t('clocks.step.noDeadline') : format.when(to, at),
      why: t(`clocks.because.${because}`, { name }),
    }),
  'incident.clock-warning': ({ kind, percent }, { t, names }) =>
    t('clocks.event.warning', { name: names.clock(kind), percent }),
  'incident.at-risk': ({ kind }, { t, names }) => named(kind, t('journal.atRisk'), names),
  'incident.overdue': ({ kind }, { t, names }) => named(kind, t('journal.overdue'), names),
  'incident.escalated': ({ alarm, personIds }, { t, names }) => {
    const kind = alarmKinds.find((known) => known === alarm);
    const told = { alarm: kind ? t(`alarms.kinds.${kind}`) : alarm };
    return personIds.length === 0
      ? t('clocks.event.escalatedAll', told)
      : t('clocks.event.escalated', { ...told, names: personIds.map(names.person).join(', ') });
  },
};

/** The incident's own deadline needs no name. */
function named(kind: string, text: string, names: Names): string {
  return kind === 'sla' ? text : `${names.clock(kind)}: ${text}`;
}
