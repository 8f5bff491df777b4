import { isStatusPause, statusPause } from '../../shared/domain/clock-state.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import type { ClockRuleRecord } from '../db/clock-rule-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { endClock, pauseClock, requireClock, restartClock, resumeClock, rulesByKey } from './run-clock.ts';

type Move = {
  readonly statusId: number;
  readonly why: JournalFacts['incident.status-changed']['why'];
  readonly actor: Actor;
};

/**
 * What a new status does to every clock: finishing ends all, leaving a finishing status runs on what began by itself, a
 * rule's own statuses end or hold it, and a status taken back runs on what it had ended. `incident` is as it was before;
 * the caller saves it afterwards.
 */
export function clocksFollowStatus(
  parts: IncidentParts,
  incident: IncidentRecord,
  { statusId, why, actor }: Move,
): void {
  const { finishes } = parts.reference.status(statusId);
  const rules = rulesByKey(parts);
  const slipAt = why === 'undo' ? enteredAt(parts, incident) : null;
  for (const clock of parts.clocks.all(incident.id)) {
    const rule = rules.get(clock.kind);
    const isEnd = rule?.endStatusIds.includes(statusId) ?? false;
    if (finishes || isEnd) endClock(parts, clock, isEnd ? 'status' : 'closing', actor);
    else if (clock.endedAt === null) followPause(parts, clock, { rule, statusId, actor });
    else {
      const restart = restartOf(incident, clock, { rule, slipAt });
      if (restart === undefined) continue;
      restartClock(parts, clock, restart, actor);
      followPause(parts, requireClock(parts, incident.id, clock.kind), { rule, statusId, actor });
    }
  }
}

/** Why a clock that has ended runs on, or undefined when it stays ended. */
function restartOf(
  incident: IncidentRecord,
  { endedAt, endedBy }: ClockRecord,
  { rule, slipAt }: { readonly rule: ClockRuleRecord | undefined; readonly slipAt: number | null },
): 'undo' | 'reopened' | undefined {
  if (slipAt !== null && (endedAt ?? 0) >= slipAt && endedBy !== 'hand') return 'undo';
  if (incident.finishedAt !== null && rule?.starts !== 'hand' && endedBy !== 'status') return 'reopened';
  return undefined;
}

/** A pause by hand outlives statuses: only what a status began a status ends. */
export function followPause(
  parts: IncidentParts,
  clock: ClockRecord,
  {
    rule,
    statusId,
    actor,
  }: { readonly rule: ClockRuleRecord | undefined; readonly statusId: number; readonly actor: Actor },
): void {
  const holds = rule?.pauseStatusIds.includes(statusId) ?? false;
  if (holds && clock.pausedAt === null) {
    pauseClock(parts, clock.incidentId, { kind: clock.kind, reason: statusPause(statusId) }, actor);
  } else if (!holds && clock.pausedAt !== null && isStatusPause(clock.pauseReason)) {
    resumeClock(parts, clock.incidentId, clock.kind, actor);
  }
}

/** When the incident came into the status it is in. */
function enteredAt(parts: IncidentParts, incident: IncidentRecord): number | null {
  const entry = parts.journal
    .ofSubject('incident', incident.id)
    .findLast(
      ({ kind, payload }) =>
        kind === 'incident.status-changed' &&
        (JSON.parse(payload) as JournalFacts['incident.status-changed']).to === incident.statusId,
    );
  return entry?.at ?? null;
}
