import { uuidv7 } from '../../shared/ids.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { assignLeastBusy } from './assignment.ts';
import { escalateNew } from './escalation.ts';
import type { OpenFromLetter } from './incident-desk.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { setTarget, startClockEarlier, startClocks } from './run-clock.ts';
import { requireActive } from './change-incident.ts';
import { nextInboundAt } from './reading.ts';
import { saveIncident } from './save-incident.ts';

export type OpenByHand = {
  readonly title: string;
  readonly description: string;
  readonly applicantName: string;
  readonly applicantPhone: string;
  readonly applicantAddress: string;
  readonly asset: string;
  readonly typeId: number | null;
  readonly assigneeId: number | null;
};

type Opened = { readonly id: number; readonly code: string };

/**
 * From a phone call: the clock starts now, and whoever took the call keeps it unless said otherwise. Throws `not-found`,
 * or `conflict` (reason `person-inactive`).
 */
export function openByHand(parts: IncidentParts, input: OpenByHand, actor: Actor): Opened {
  return parts.db.transact((revision) => {
    if (input.assigneeId !== null) requireActive(parts, input.assigneeId);
    const now = parts.clock.now();
    const incident = insert(
      parts,
      { ...input, channel: 'phone', accountId: null, registeredAt: now },
      revision,
    );
    finishOpening(parts, incident, 'hand', actor);
    if (input.typeId !== null) startWithType(parts, incident.id, input.typeId, actor);
    const assigneeId = input.assigneeId ?? (actor !== null && parts.people.openShift(actor) ? actor : null);
    if (assigneeId === null) {
      assignLeastBusy(parts, saveIncident(parts, incident, revision), 'least-busy', revision);
    } else {
      parts.journal.append({
        kind: 'incident.assigned',
        subject: 'incident',
        subjectId: incident.id,
        actorId: actor,
        facts: { from: null, to: assigneeId, why: input.assigneeId === null ? 'opened-by' : 'hand' },
      });
      saveIncident(parts, { ...incident, assigneeId }, revision);
    }
    return { id: incident.id, code: incident.code };
  });
}

/** Inside intake's transaction: the clock starts at the letter's own time, the alarm sounds, somebody is chosen. */
export function openFromLetter(parts: IncidentParts, input: OpenFromLetter): Opened {
  return parts.db.transact((revision) => {
    const incident = insert(
      parts,
      {
        title: input.title,
        description: '',
        applicantName: input.applicant.name,
        applicantAddress: input.applicant.address,
        applicantPhone: input.applicantPhone ?? '',
        asset: '',
        typeId: null,
        channel: input.channel,
        accountId: input.accountId,
        registeredAt: input.registeredAt,
      },
      revision,
    );
    finishOpening(parts, incident, input.channel === 'mail' ? 'letter' : 'chat', input.actorId ?? null);
    const typed = {
      ...incident,
      lastInboundAt: nextInboundAt(parts, incident),
      typeId: input.typeId ?? null,
    };
    if (typed.typeId !== null) startWithType(parts, incident.id, typed.typeId, input.actorId ?? null);
    assignLeastBusy(parts, saveIncident(parts, typed, revision), 'least-busy', revision);
    parts.alarms.raise(incident.id, 'new', parts.clock.now(), revision);
    escalateNew(parts, incident.id);
    parts.db.touch('alarm', incident.id);
    return { id: incident.id, code: incident.code };
  });
}

/** Of the desk itself, in the running transaction: nobody wrote, and somebody must look. */
export function openByDesk(
  parts: IncidentParts,
  { title, description }: Pick<Fresh, 'title' | 'description'>,
  revision: number,
): Opened {
  const blank = { applicantName: '', applicantAddress: '', applicantPhone: '', asset: '' } as const;
  const incident = insert(
    parts,
    {
      ...blank,
      title,
      description,
      typeId: null,
      channel: 'desk',
      accountId: null,
      registeredAt: parts.clock.now(),
    },
    revision,
  );
  finishOpening(parts, incident, 'desk', null);
  assignLeastBusy(parts, saveIncident(parts, incident, revision), 'least-busy', revision);
  return { id: incident.id, code: incident.code };
}

/** The original of a reply that came first: its time, title and applicant are the incident's. */
export function registerEarlier(
  parts: IncidentParts,
  input: OpenFromLetter & { readonly incidentId: number },
): void {
  parts.db.transact((revision) => {
    const incident = parts.incidents.require(input.incidentId);
    if (input.registeredAt >= incident.registeredAt) return;
    startClockEarlier(parts, incident.id, input.registeredAt);
    const changed = {
      title: input.title,
      applicantName: input.applicant.name,
      applicantAddress: input.applicant.address,
      registeredAt: input.registeredAt,
    };
    parts.journal.append({
      kind: 'incident.edited',
      subject: 'incident',
      subjectId: incident.id,
      actorId: null,
      facts: {
        changes: {
          title: { from: incident.title, to: changed.title },
          applicantName: { from: incident.applicantName, to: changed.applicantName },
          applicantAddress: { from: incident.applicantAddress, to: changed.applicantAddress },
          registeredAt: { from: incident.registeredAt, to: changed.registeredAt },
        },
      },
    });
    saveIncident(parts, { ...incident, ...changed }, revision);
  });
}

type Fresh = Pick<
  IncidentRecord,
  | 'title'
  | 'description'
  | 'applicantName'
  | 'applicantAddress'
  | 'applicantPhone'
  | 'asset'
  | 'typeId'
  | 'channel'
  | 'accountId'
  | 'registeredAt'
>;

function insert(parts: IncidentParts, fresh: Fresh, revision: number): IncidentRecord {
  const now = parts.clock.now();
  const number = parts.incidents.takeNumber();
  const id = parts.incidents.insert({
    uuid: uuidv7(now, parts.random.bytes(10)),
    number,
    code: `${parts.codePrefix()}-${number}`,
    title: fresh.title,
    description: fresh.description,
    statusId: parts.reference.statusByKey('new').id,
    typeId: fresh.typeId,
    priority: 'normal',
    channel: fresh.channel,
    accountId: fresh.accountId,
    registeredAt: fresh.registeredAt,
    openedAt: now,
    finishedAt: null,
    dismissedAt: null,
    assigneeId: null,
    applicantName: fresh.applicantName,
    applicantAddress: fresh.applicantAddress,
    applicantPhone: fresh.applicantPhone,
    asset: fresh.asset,
    unread: 0,
    lateLetters: 0,
    messageCount: 0,
    lastMessageAt: null,
    latitude: null,
    longitude: null,
    subtypeId: null,
    repairPriorityId: null,
    postponedUntil: null,
    autoCloseAt: null,
    mergedIntoId: null,
    floodId: null,
    clockId: null,
    lastInboundAt: null,
    urgencyAt: 0,
    decidedRevision: revision,
    revision,
  });
  const incident = parts.incidents.require(id);
  parts.index(incident);
  return incident;
}

function finishOpening(
  parts: IncidentParts,
  incident: IncidentRecord,
  by: 'letter' | 'hand' | 'chat' | 'desk',
  actor: Actor,
): void {
  parts.journal.append({
    kind: 'incident.opened',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { code: incident.code, by, title: incident.title },
  });
  startClocks(parts, { ...incident, typeId: null });
}

function startWithType(parts: IncidentParts, incidentId: number, typeId: number, actor: Actor): void {
  const { id, slaMinutes } = parts.reference.type(typeId);
  const dueAt = setTarget(parts, incidentId, slaMinutes);
  parts.journal.append({
    kind: 'incident.type-changed',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { from: null, to: id, slaMinutes, dueAt },
  });
}
