import { createHash } from 'node:crypto';
import type {
  HandoverDocument,
  HandoverLine,
  HandoverTo,
  HandoverView,
  LeaveWork,
} from '../../shared/contract/shift.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { HandoverHead, HandoverRecord } from '../db/handover-store.ts';
import { requireActive } from '../incidents/change-incident.ts';
import { endShift } from '../people/duty.ts';
import { drawUp } from './draw-up.ts';
import { giveWork } from './left-work.ts';
import type { ShiftParts } from './parts.ts';

const minuteMs = 60_000;
const secondMs = 1000;

export type EndShift = {
  readonly to: HandoverTo;
  /** Keys that are not handed over. */
  readonly without: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
  readonly words: string;
  readonly work: LeaveWork;
};

/**
 * Signs the document over the facts of this moment, ends the shift and gives the work as said, all or nothing. Throws
 * `conflict` (reasons `off-duty`, `person-inactive`, `own-handover`).
 */
export function endWithHandover(
  parts: ShiftParts,
  input: EndShift,
  actor: number,
): { readonly handoverId: number; readonly moved: number; readonly undo: number | null } {
  return parts.db.transact((revision) => {
    const shift = parts.people.openShift(actor);
    if (!shift) throw new AppError('conflict', { details: { reason: 'off-duty' } });
    if (input.to.kind === 'person') requireTaker(parts, input.to.personId, actor);
    if (input.work.how === 'give') requireTaker(parts, input.work.personId, actor);
    const document = fill(drawUp(parts, actor), input);
    const handoverId = sign(parts, { document, to: input.to, shiftId: shift.id, actor }, revision);
    // Off duty first: spreading must not choose whoever leaves.
    endShift(parts, actor, actor, input.work.how === 'keep');
    const { moved, undo } = giveWork(
      parts,
      { personId: actor, work: input.work, why: 'ended', actor },
      revision,
    );
    return { handoverId, moved, undo };
  });
}

function requireTaker(parts: ShiftParts, personId: number, actor: number): void {
  if (personId === actor) throw new AppError('conflict', { details: { reason: 'own-handover' } });
  requireActive(parts, personId);
}

/** What appeared since the dialog was opened stands in it too: nobody has struck it out. */
function fill(drawn: HandoverDocument, { without, notes, words, work }: EndShift): HandoverDocument {
  const struck = new Set(without);
  const ways = { keep: 'kept', give: 'given', spread: 'spread' } as const;
  return {
    ...drawn,
    items: drawn.items
      .filter(({ key }) => !struck.has(key))
      .map((item) => ({ ...item, note: notes[item.key]?.trim() ?? '' })),
    words,
    work: drawn.work === 'none' ? 'none' : ways[work.how],
  };
}

type Signing = {
  readonly document: HandoverDocument;
  readonly to: HandoverTo;
  readonly shiftId: number;
  readonly actor: number;
};

function sign(parts: ShiftParts, { document, to, shiftId, actor }: Signing, revision: number): number {
  const now = parts.clock.now();
  const text = JSON.stringify(document);
  const id = parts.handovers.insert({
    uuid: uuidv7(now, parts.random.bytes(10)),
    shiftId,
    fromPersonId: actor,
    toKind: to.kind,
    toPersonId: to.kind === 'person' ? to.personId : null,
    document: text,
    words: foldText(wordsOf(document)),
    signedAt: now,
    alarmAt: now + parts.shiftSettings.get().handoverMinutes * minuteMs,
    revision,
  });
  parts.journal.append({
    kind: 'handover.signed',
    subject: 'handover',
    subjectId: id,
    actorId: actor,
    facts: {
      to: to.kind === 'person' ? to.personId : to.kind,
      items: document.items.length,
      // The journal's chain then proves the document too.
      hash: createHash('sha256').update(text).digest('hex'),
    },
  });
  parts.db.touch('handover');
  return id;
}

function wordsOf({ personName, items, words }: HandoverDocument): string {
  return [personName, words, ...items.flatMap(({ code, title, note }) => [code, title, note])].join(' ');
}

/** Throws `conflict` (reasons `handover-taken`, `own-handover`) or `denied` (reason `not-addressed`). */
export function acknowledgeHandover(parts: ShiftParts, id: number, actor: number): void {
  parts.db.transact((revision) => {
    const record = parts.handovers.require(id);
    if (record.acknowledgedAt !== null)
      throw new AppError('conflict', { details: { reason: 'handover-taken' } });
    if (record.fromPersonId === actor)
      throw new AppError('conflict', { details: { reason: 'own-handover' } });
    if (!mayTake(parts, record, actor))
      throw new AppError('denied', { details: { reason: 'not-addressed' } });
    const now = parts.clock.now();
    parts.handovers.acknowledge(id, actor, now, revision);
    parts.journal.append({
      kind: 'handover.acknowledged',
      subject: 'handover',
      subjectId: id,
      actorId: actor,
      facts: { seconds: Math.max(0, Math.round((now - record.signedAt) / secondMs)) },
    });
    parts.db.touch('handover');
    parts.db.touch('alarm');
  });
}

/** A lead may take what waits for anybody: the person it is for may never come. */
function mayTake(
  parts: ShiftParts,
  { fromPersonId, toKind, toPersonId }: Pick<HandoverRecord, 'fromPersonId' | 'toKind' | 'toPersonId'>,
  personId: number,
): boolean {
  if (fromPersonId === personId) return false;
  if (toKind === 'next' || toPersonId === personId) return true;
  return isLead(parts, personId);
}

/** Of a desk without a lead everybody is one. */
export function isLead({ people }: Pick<ShiftParts, 'people'>, personId: number): boolean {
  const leads = people.all().filter(({ role, active }) => role === 'lead' && active === 1);
  return leads.length === 0 || leads.some(({ id }) => id === personId);
}

/** A question of the taker, or an answer to it. */
export function remarkOnHandover(
  parts: ShiftParts,
  { id, text }: { readonly id: number; readonly text: string },
  actor: number,
): void {
  parts.db.transact(() => {
    parts.handovers.require(id);
    parts.handovers.remark(id, actor, parts.clock.now(), text);
    parts.journal.append({
      kind: 'handover.asked',
      subject: 'handover',
      subjectId: id,
      actorId: actor,
      facts: { text },
    });
    parts.db.touch('handover');
  });
}

/** Documents nobody took in their time: the lead hears of each once, until somebody answers. */
export function callLeads(parts: ShiftParts): void {
  const now = parts.clock.now();
  const late = parts.handovers.late(now);
  if (late.length === 0) return;
  parts.db.transact((revision) => {
    for (const { id, signedAt } of late) {
      parts.handovers.sound(id, now, revision);
      parts.journal.append({
        kind: 'handover.late',
        subject: 'handover',
        subjectId: id,
        actorId: null,
        facts: { minutes: Math.round((now - signedAt) / minuteMs) },
      });
    }
    parts.db.touch('handover');
    parts.db.touch('alarm');
  });
}

export function hushHandover(parts: ShiftParts, id: number, actor: number): void {
  parts.db.transact((revision) => {
    const { soundingAt } = parts.handovers.require(id);
    if (soundingAt === null) return;
    parts.handovers.hush(id, revision);
    parts.journal.append({
      kind: 'handover.alarm-acknowledged',
      subject: 'handover',
      subjectId: id,
      actorId: actor,
      facts: { seconds: Math.max(0, Math.round((parts.clock.now() - soundingAt) / secondMs)) },
    });
    parts.db.touch('handover');
    parts.db.touch('alarm');
  });
}

/** What sounds for this person: leads only. */
export function handoverCalls(parts: ShiftParts, personId: number) {
  if (!isLead(parts, personId)) return [];
  return parts.handovers
    .sounding()
    .map(({ id, fromPersonId, since }) => ({ handoverId: id, fromPersonId, since }));
}

export function toHandoverLine(parts: ShiftParts, row: HandoverHead, personId: number): HandoverLine {
  return {
    id: row.id,
    fromPersonId: row.fromPersonId,
    to: toOf(row),
    signedAt: row.signedAt,
    acknowledgedAt: row.acknowledgedAt,
    acknowledgedBy: row.acknowledgedBy,
    mine: row.acknowledgedAt === null && mayTake(parts, row, personId),
    items: row.items,
    remarks: row.remarks,
    soundingAt: row.soundingAt,
  };
}

/** Throws `not-found` (reason `handover`). */
export function viewHandover(parts: ShiftParts, id: number, personId: number): HandoverView {
  const record = parts.handovers.require(id);
  const document = JSON.parse(record.document) as HandoverDocument;
  const said = parts.handovers.remarks(id);
  const head = { ...record, items: document.items.length, remarks: said.length };
  return { ...toHandoverLine(parts, head, personId), uuid: record.uuid, document, said };
}

function toOf({ toKind, toPersonId }: Pick<HandoverRecord, 'toKind' | 'toPersonId'>): HandoverTo {
  if (toKind === 'person' && toPersonId !== null) return { kind: 'person', personId: toPersonId };
  return { kind: toKind === 'lead' ? 'lead' : 'next' };
}
