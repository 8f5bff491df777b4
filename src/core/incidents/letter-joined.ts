import type { IncidentRecord } from '../db/incident-store.ts';
import { leastBusy } from './assignment.ts';
import { giveTo, moveToStatus, restoreDismissed } from './change-incident.ts';
import type { LetterJoined } from './incident-desk.ts';
import type { IncidentParts } from './parts.ts';
import { disarm } from './auto-close.ts';
import { closedTooSoon } from './closed-too-soon.ts';
import { wakeUp } from './postpone.ts';
import { nextInboundAt } from './reading.ts';
import { saveIncident } from './save-incident.ts';

/** One late letter may be a thank-you; a second means the trouble is not over. */
const reopeningLetter = 2;

/** Counts, read state, and what a person's letter does to an incident that was thought done. */
export function letterJoined(parts: IncidentParts, letter: LetterJoined): void {
  parts.db.transact((revision) => {
    const before = parts.incidents.require(letter.incidentId);
    if (!letter.opening) {
      parts.journal.append({
        kind: 'incident.letter-joined',
        subject: 'incident',
        subjectId: before.id,
        actorId: letter.actorId ?? null,
        facts: {
          messageId: letter.messageId,
          by: letter.by,
          ...(letter.detail === undefined ? {} : { detail: letter.detail }),
        },
      });
    }
    // What machines send by themselves, and what we sent, is nothing to read; what opened it is unread already.
    const isNews = letter.direction === 'in' && !letter.automatic && !letter.opening;
    const counted = saveIncident(
      parts,
      {
        ...before,
        messageCount: before.messageCount + 1,
        lastMessageAt: Math.max(before.lastMessageAt ?? 0, letter.receivedAt),
        lastInboundAt: isNews ? nextInboundAt(parts, before) : before.lastInboundAt,
      },
      revision,
    );
    parts.db.touch('message', before.id);
    const fromPerson = letter.direction === 'in' && !letter.automatic && !letter.opening;
    // Whoever puts a message here by hand sees the state of the incident.
    if (!fromPerson || letter.by === 'hand') return;
    if (counted.autoCloseAt !== null) {
      disarm(parts, counted, { why: 'letter', actor: null, messageId: letter.messageId }, revision);
    }
    someoneWrote(parts, parts.incidents.require(counted.id), letter, revision);
  });
}

/** What rests goes on: first out of what is no incident, then out of waiting. */
function someoneWrote(
  parts: IncidentParts,
  incident: IncidentRecord,
  { receivedAt, messageId }: LetterJoined,
  revision: number,
): void {
  const { id, finishedAt, dismissedAt } = incident;
  if (dismissedAt !== null) {
    if (!isAfter(receivedAt, dismissedAt)) return;
    const restored = restoreDismissed(parts, incident, 'letter', null, revision);
    raise(parts, id, 'late-letter', revision);
    if (restored.postponedUntil !== null) wakeUp(parts, restored, messageId, revision);
  } else if (incident.postponedUntil !== null) {
    wakeUp(parts, incident, messageId, revision);
  } else if (finishedAt !== null && isAfter(receivedAt, finishedAt)) {
    letterAfterClosing(parts, incident, messageId, revision);
  } else if (finishedAt !== null && closedTooSoon(parts, incident, receivedAt)) {
    reopen(parts, incident, messageId, revision);
  }
}

/** A mail server tells whole seconds: a letter of the very second of closing came after it. */
function isAfter(receivedAt: number, moment: number): boolean {
  return receivedAt >= Math.floor(moment / 1000) * 1000;
}

function letterAfterClosing(
  parts: IncidentParts,
  incident: IncidentRecord,
  messageId: number,
  revision: number,
): void {
  const count = incident.lateLetters + 1;
  parts.journal.append({
    kind: 'incident.letter-late',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { messageId, count },
  });
  if (count < reopeningLetter) {
    saveIncident(parts, { ...incident, lateLetters: count }, revision);
    raise(parts, incident.id, 'late-letter', revision);
    return;
  }
  reopen(parts, incident, messageId, revision);
}

function reopen(parts: IncidentParts, incident: IncidentRecord, messageId: number, revision: number): void {
  parts.journal.append({
    kind: 'incident.reopened',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { messageId },
  });
  moveToStatus(
    parts,
    incident,
    { statusId: parts.reference.statusByKey('in-progress').id, why: 'reopened', actor: null },
    revision,
  );
  const reopened = parts.incidents.require(incident.id);
  if (reopened.assigneeId === null || !parts.people.openShift(reopened.assigneeId)) {
    const chosen = leastBusy(parts.people.loads());
    if (chosen)
      giveTo(parts, reopened, { personId: chosen.personId, why: 'least-busy', actor: null }, revision);
  }
  raise(parts, incident.id, 'reopened', revision);
}

function raise(
  parts: IncidentParts,
  incidentId: number,
  kind: 'late-letter' | 'reopened',
  revision: number,
): void {
  parts.alarms.raise(incidentId, kind, parts.clock.now(), revision);
  parts.db.touch('alarm', incidentId);
}
