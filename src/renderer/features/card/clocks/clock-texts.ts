import type { TFunction } from 'i18next';
import { alarmKinds } from '../../../../shared/contract/incidents.ts';
import type { IncidentKind, Writer } from '../event-writer.ts';
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
  'incident.clock-started': ({ kind }, { t }) => named(kind, t('journal.clockStarted'), t),
  'incident.clock-paused': ({ kind, reason }, { t, names }) => {
    const statusId = pausingStatus(reason);
    const why = statusId === undefined ? reason : t('clocks.heldBy', { name: names.status(statusId) });
    return named(kind, t('journal.clockPaused', { reason: why }), t);
  },
  'incident.clock-resumed': ({ kind, pausedMs }, { t, format }) =>
    named(kind, t('journal.clockResumed', { length: format.age(pausedMs) }), t),
  'incident.clock-ended': ({ kind, met, by }, { t }) => {
    const how = met === null ? 'none' : met ? 'met' : 'breached';
    return named(kind, t(`journal.clockEnded.${by === 'merged' ? by : how}`), t);
  },
  'incident.clock-restarted': ({ kind }, { t }) => named(kind, t('journal.clockRestarted'), t),
  'incident.work-begun': ({ kind, startedAt, endedBefore }, { t, format }) =>
    t(endedBefore === null ? 'clocks.event.begun' : 'clocks.event.begunAgain', {
      name: clockName(kind, t),
      at: format.full(startedAt),
    }),
  'incident.work-ended': ({ kind, endedAt }, { t, format }) =>
    t('clocks.event.ended', { name: clockName(kind, t), at: format.full(endedAt) }),
  'incident.work-corrected': ({ kind, to }, { t }) =>
    t(to === null ? 'clocks.event.removed' : 'clocks.event.corrected', { name: clockName(kind, t) }),
  'incident.deadline-moved': ({ kind, to, because, name }, { t, format }) =>
    t('clocks.event.moved', {
      name: clockName(kind, t),
      to: to === null ? t('clocks.step.noDeadline') : format.full(to),
      why: t(`clocks.because.${because}`, { name }),
    }),
  'incident.clock-warning': ({ kind, percent }, { t }) =>
    t('clocks.event.warning', { name: clockName(kind, t), percent }),
  'incident.at-risk': ({ kind }, { t }) => named(kind, t('journal.atRisk'), t),
  'incident.overdue': ({ kind }, { t }) => named(kind, t('journal.overdue'), t),
  'incident.escalated': ({ alarm, personIds }, { t, names }) => {
    const kind = alarmKinds.find((known) => known === alarm);
    const told = { alarm: kind ? t(`alarms.kinds.${kind}`) : alarm };
    return personIds.length === 0
      ? t('clocks.event.escalatedAll', told)
      : t('clocks.event.escalated', { ...told, names: personIds.map(names.person).join(', ') });
  },
};

const clockKinds = ['sla', 'reaction', 'emergency', 'repair', 'generator', 'maintenance'] as const;

/** A clock that an administrator added has no word of its own here. */
function clockName(kind: string, t: TFunction): string {
  const known = clockKinds.find((one) => one === kind);
  return known ? t(`clocks.kind.${known}`) : kind;
}

/** The incident's own deadline needs no name. */
function named(kind: string, text: string, t: TFunction): string {
  return kind === 'sla' ? text : `${clockName(kind, t)}: ${text}`;
}
