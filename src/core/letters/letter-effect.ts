import type { Template } from '../../shared/contract/templates.ts';
import { armAutoClosing, disarm, mayAutoClose } from '../incidents/auto-close.ts';
import { armingLetter } from '../incidents/auto-close-of.ts';
import { moveToStatus } from '../incidents/change-incident.ts';
import type { Actor, IncidentParts } from '../incidents/parts.ts';
import type { WorkEffect } from './letter-works.ts';

/** What a template letter does to the incident it is about: while it is on its way, when it has left, when it cannot. */
export type LetterEffect = {
  readonly before?: number;
  readonly during?: number;
  readonly after?: number;
  readonly failed?: number;
  /** What pressing "send" did to the clocks of works. */
  readonly work?: WorkEffect;
  /** When silence closes the incident once the letter has left; 0 leaves it to be worked out then. */
  readonly closesAt?: number;
};

/** Empty when the template changes nothing, or the workflow does not lead from here to where it would. */
export function effectOf(
  parts: IncidentParts,
  incidentId: number | null,
  template: Template | undefined,
): LetterEffect {
  if (!template || incidentId === null) return {};
  const incident = parts.incidents.require(incidentId);
  const { duringStatusId, afterStatusId: after, failedStatusId } = template;
  if (after === null || incident.dismissedAt !== null || !leadsTo(parts, incident.statusId, after)) return {};
  return {
    before: incident.statusId,
    during: duringStatusId ?? incident.statusId,
    after,
    ...(failedStatusId === null ? {} : { failed: failedStatusId }),
  };
}

/** Whether a letter may take an incident there. A new one is taken into work by the very letter that says so. */
export function leadsTo(parts: IncidentParts, statusId: number, toId: number): boolean {
  const status = parts.reference.status(statusId);
  if (status.nextIds.includes(toId)) return true;
  return status.key === 'new' && parts.reference.statusByKey('in-progress').nextIds.includes(toId);
}

/** Moves the incident if it still stands where the letter left it: what a person decided meanwhile wins. */
export function applyEffect(
  parts: IncidentParts,
  incidentId: number | null,
  expected: number | undefined,
  next: number | undefined,
  revision: number,
): void {
  if (incidentId === null || expected === undefined || next === undefined || expected === next) return;
  const incident = parts.incidents.require(incidentId);
  if (incident.statusId !== expected || incident.dismissedAt !== null) return;
  moveToStatus(parts, incident, { statusId: next, why: 'letter-sent', actor: null }, revision);
}

/** The letter was a slip: the clocks that its status had ended run on. */
export function takeBackEffect(
  parts: IncidentParts,
  incidentId: number,
  { from, to }: { readonly from: number | undefined; readonly to: number | undefined },
  actor: Actor,
  revision: number,
): void {
  if (from === undefined || to === undefined || from === to) return;
  const incident = parts.incidents.require(incidentId);
  if (incident.statusId !== from || incident.dismissedAt !== null) return;
  moveToStatus(parts, incident, { statusId: to, why: 'undo', actor }, revision);
}

/** The applicant has been told that silence closes it: from now on it does. */
export function armAfterLetter(
  parts: IncidentParts,
  incidentId: number | null,
  { closesAt }: LetterEffect,
  messageId: number,
  revision: number,
): void {
  if (incidentId === null || closesAt === undefined) return;
  const incident = parts.incidents.require(incidentId);
  if (!mayAutoClose(parts, incident)) return;
  const at = closesAt > parts.clock.now() ? closesAt : undefined;
  armAutoClosing(parts, incident, { by: 'letter', actor: null, at, messageId }, revision);
}

/** The applicant was never told after all: his silence says nothing. */
export function disarmAfterReturn(
  parts: IncidentParts,
  incidentId: number | null,
  messageId: number,
  revision: number,
): void {
  if (incidentId === null) return;
  const incident = parts.incidents.require(incidentId);
  if (armingLetter(parts, incident) !== messageId) return;
  disarm(parts, incident, { why: 'letter', actor: null, messageId }, revision);
}
