import type { HandoverDocument, HandoverItem } from '../../shared/contract/shift.ts';
import type { OpenWork } from '../db/shift-work-store.ts';
import type { ShiftParts } from './parts.ts';

/** What wakes or closes by itself is told of this far ahead: a shift's length. */
const aheadMs = 12 * 3_600_000;
/** A document is read by a person: what is beyond this is in the queue. */
const mostIncidents = 300;

/** Facts of this moment that somebody else must know to go on; words and choices are added at signing. */
export function drawUp(parts: ShiftParts, personId: number): HandoverDocument {
  const now = parts.clock.now();
  const work = parts.work.openWork(personId);
  const told = work.slice(0, mostIncidents);
  return {
    personName: parts.people.require(personId).name,
    shiftStartedAt: parts.people.openShift(personId)?.startedAt ?? null,
    drawnAt: now,
    items: [
      ...told.map((row) => openIncident(parts, row)),
      ...told.flatMap((row) => promises(parts, row, now)),
      ...reminders(parts, personId),
      ...told.filter(({ unread }) => unread === 1).map((row) => item('unread', row)),
      ...openLetters(parts, personId),
      ...deskTroubles(parts),
    ],
    leftOut: work.length - told.length,
    words: '',
    work: work.length === 0 ? 'none' : 'kept',
  };
}

type Subject = { readonly id: number; readonly code: string; readonly title: string };

function item(
  kind: HandoverItem['kind'],
  { id, code, title }: Subject,
  at: number | null = null,
  facts: HandoverItem['facts'] = {},
): HandoverItem {
  return { key: `${kind}:${id}`, kind, incidentId: id, code, title, at, facts, note: '' };
}

function openIncident(parts: ShiftParts, row: OpenWork): HandoverItem {
  const { name, nameEn } = parts.reference.status(row.statusId);
  const last = parts.work.lastEvent(row.id);
  return item('incident', row, row.dueAt, {
    status: name,
    statusEn: nameEn,
    ...(last ? { lastKind: last.kind, lastAt: last.at } : {}),
  });
}

function promises(parts: ShiftParts, row: OpenWork, now: number): HandoverItem[] {
  const soon = (at: number | null): at is number => at !== null && at <= now + aheadMs;
  const letter = row.dueAt === null ? undefined : parts.work.lastTemplate(row.id);
  return [
    ...(letter ? [item('promise', row, row.dueAt, { template: letter.templateKey, saidAt: letter.at })] : []),
    ...(soon(row.autoCloseAt) ? [item('auto-close', row, row.autoCloseAt)] : []),
    ...(soon(row.postponedUntil) ? [item('wake-up', row, row.postponedUntil)] : []),
  ];
}

function reminders(parts: ShiftParts, personId: number): HandoverItem[] {
  return parts.work.reminders(personId).map(({ id, incidentId, text, at, ...named }) => ({
    ...item('reminder', { id: incidentId, ...named }, at, { text }),
    key: `reminder:${id}`,
  }));
}

function openLetters(parts: ShiftParts, personId: number): HandoverItem[] {
  return parts.work.openLetters(personId).map(({ id, state, subject, incidentId, code }) => ({
    key: `letter:${id}`,
    kind: 'letter',
    incidentId,
    code: code ?? '',
    title: subject,
    at: null,
    facts: { state },
    note: '',
  }));
}

/** What concerns the whole desk and whoever sits at it next. */
function deskTroubles(parts: ShiftParts): HandoverItem[] {
  const blank = { incidentId: null, code: '', at: null, note: '' } as const;
  const channels = parts.channels().flatMap(({ source, name, health }): HandoverItem[] => {
    const silence = parts.silences.running(source);
    const isWell = health.state === 'ok' || health.state === 'off' || health.state === 'starting';
    if (isWell && !silence) return [];
    const facts = {
      state: health.state,
      ...(health.reason === undefined ? {} : { reason: health.reason }),
      ...(silence ? { since: silence.sinceAt, why: silence.why } : {}),
    };
    return [{ ...blank, key: `channel:${source}`, kind: 'channel', title: name, facts }];
  });
  const held = parts.quarantined();
  const quarantine: HandoverItem[] =
    held > 0 ? [{ ...blank, key: 'quarantine', kind: 'quarantine', title: '', facts: { count: held } }] : [];
  const floods = parts.work.floods().map(({ id, title, startedAt }): HandoverItem => ({
    ...blank,
    key: `flood:${id}`,
    kind: 'flood',
    title,
    facts: { startedAt },
  }));
  return [...channels, ...quarantine, ...floods];
}
