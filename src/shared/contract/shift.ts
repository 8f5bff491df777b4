import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { done, empty, health, id, time } from './common.ts';

export const handoverKinds = [
  'incident',
  /** A letter with a template went out: what it promised falls due then. */
  'promise',
  'auto-close',
  'wake-up',
  'reminder',
  'unread',
  /** A letter of the desk that has not surely left. */
  'letter',
  'channel',
  'quarantine',
  'flood',
] as const;

/** One thing that is handed over. Names are of the moment of signing: the document says the same in a year. */
export const handoverItem = z.object({
  /** Stays the same from drawing up to signing: `incident:12`. */
  key: z.string().max(80),
  kind: z.enum(handoverKinds),
  incidentId: id.nullable(),
  code: z.string(),
  title: z.string(),
  /** Deadline, or when it falls due. */
  at: time.nullable(),
  /** What the kind needs beside: a status, a reason, a count. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The leaver's words. */
  note: z.string(),
});
export type HandoverItem = z.infer<typeof handoverItem>;

export const handoverTo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: id }),
  z.strictObject({ kind: z.literal('lead') }),
  z.strictObject({ kind: z.literal('next') }),
]);
export type HandoverTo = z.infer<typeof handoverTo>;

export const handoverDocument = z.object({
  personName: z.string(),
  shiftStartedAt: time.nullable(),
  drawnAt: time,
  items: z.array(handoverItem),
  /** Incidents beyond the longest list. */
  leftOut: z.int(),
  words: z.string(),
  /** What became of the work in hand. */
  work: z.enum(['kept', 'given', 'spread', 'none']),
});
export type HandoverDocument = z.infer<typeof handoverDocument>;

const handoverLine = z.object({
  id,
  fromPersonId: id,
  to: handoverTo,
  signedAt: time,
  acknowledgedAt: time.nullable(),
  acknowledgedBy: id.nullable(),
  /** It waits for the person who asks. */
  mine: z.boolean(),
  items: z.int(),
  remarks: z.int(),
  /** Since when the lead is called. */
  soundingAt: time.nullable(),
});
export type HandoverLine = z.infer<typeof handoverLine>;

export const handoverView = handoverLine.extend({
  uuid: z.string(),
  document: handoverDocument,
  said: z.array(z.object({ personId: id, at: time, text: z.string() })),
});
export type HandoverView = z.infer<typeof handoverView>;

/** What becomes of the open work of whoever leaves. */
export const leaveWork = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('keep') }),
  z.strictObject({ how: z.literal('give'), personId: id }),
  z.strictObject({ how: z.literal('spread') }),
]);
export type LeaveWork = z.infer<typeof leaveWork>;

export const silenceBounds = [0.15, 0.05, 0.01, 0.001] as const;

export const shiftSettings = z.strictObject({
  /** How long a signed document may wait before the lead is called. */
  handoverMinutes: z.int().min(1).max(240),
  /** What is done with the calm open work of somebody the roster took off: urgent work is always given out. */
  leftWork: z.enum(['offer', 'spread']),
  /** After so long the system sounds too, even when a page does. */
  shellAfterMinutes: z.int().min(1).max(60),
  silence: z.boolean(),
  silenceBound: z.number().gt(0).lt(1),
  silenceMinutes: z.int().min(5).max(720),
  /** An incident of silence nobody has touched is closed when letters come again. */
  silenceCloses: z.boolean(),
});
export type ShiftSettings = z.infer<typeof shiftSettings>;

export const channelView = z.object({
  source: z.string(),
  name: z.string(),
  kind: z.enum(['mail', 'telegram']),
  health,
  enabled: z.boolean(),
  /** Its own; null takes the desk's. */
  bound: z.number().nullable(),
  minMinutes: z.int().nullable(),
  lastAt: time.nullable(),
  /** How many an hour are usual at this hour of the week; null until a week is known. */
  usualPerHour: z.number().nullable(),
  /** How many should have come since the last one. */
  expected: z.number().nullable(),
  /** Since when it has been heard without a break; null while it is not. */
  heardSince: time.nullable(),
  /** The incident of the silence that lasts. */
  incidentId: id.nullable(),
  why: z.enum(['silent', 'down']).nullable(),
});
export type ChannelView = z.infer<typeof channelView>;

const nextOnDuty = z.object({ personId: id, startsAt: time, endsAt: time });

/** Coming on and going off duty, what is handed over, and channels that fall silent. */
export const shiftContract = {
  /** What the screen of the shift shows, for the person who asks. */
  state: query(
    empty,
    z.object({
      /** By the roster, those who are not on duty, the nearest first. */
      next: z.array(nextOnDuty),
      /** Open work of people who are gone, and whom the desk offers to spread. */
      left: z.array(z.object({ personId: id, count: z.int(), urgent: z.int() })),
      waiting: z.array(handoverLine),
      channels: z.array(channelView),
      /** How the person came on duty, while the start of this shift has not been gone through: the sound is not tried. */
      prompt: z.enum(['roster', 'hand']).nullable(),
    }),
  ),
  /** What would be handed over now. */
  draw: query(empty, z.object({ document: handoverDocument, open: z.int() })),
  /** The self-test: whether the person heard the alarm. */
  soundTested: command(z.strictObject({ heard: z.boolean() }), done),
  begin: command(empty, z.object({ assigned: z.int() })),
  /** Signs the document and ends the shift; the work goes as said, with one way back. */
  end: command(
    z.strictObject({
      to: handoverTo,
      /** Keys that are not handed over. */
      without: z.array(z.string().max(80)).max(2000),
      notes: z.record(z.string().max(80), z.string().max(1000)),
      words: z.string().trim().max(10_000),
      work: leaveWork,
    }),
    z.object({ handoverId: id, moved: z.int(), undo: id.nullable() }),
  ),
  /** The open work of somebody who is gone. */
  giveOut: command(
    z.strictObject({ personId: id, work: leaveWork }),
    z.object({ moved: z.int(), undo: id.nullable() }),
  ),
  acknowledge: command(z.strictObject({ id }), done),
  remark: command(z.strictObject({ id, text: z.string().trim().min(1).max(2000) }), done),
  /** Newest first. */
  handovers: query(
    z.strictObject({
      text: z.string().max(200),
      personId: id.nullable(),
      from: time.nullable(),
      before: time.nullable(),
      limit: z.int().min(1).max(100).default(50),
    }),
    z.object({ handovers: z.array(handoverLine) }),
  ),
  handover: query(z.strictObject({ id }), z.object({ handover: handoverView })),
  /** Documents nobody took in time, for the lead who asks: they sound. */
  calls: query(
    empty,
    z.object({ calls: z.array(z.object({ handoverId: id, fromPersonId: id, since: time })) }),
  ),
  /** Silences the call; the document still waits. */
  hush: command(z.strictObject({ handoverId: id }), done),
  /** Alarms acknowledged after a moment, with who did it. */
  answered: query(
    z.strictObject({ since: time }),
    z.object({
      answered: z.array(z.object({ incidentId: id, code: z.string(), personId: id.nullable(), at: time })),
    }),
  ),
  settings: query(empty, z.object({ settings: shiftSettings })),
  saveSettings: command(z.strictObject({ settings: shiftSettings.partial() }), done),
  saveChannel: command(
    z.strictObject({
      source: z.string().regex(/^(mail|telegram):\d{1,15}$/),
      enabled: z.boolean(),
      bound: z.number().gt(0).lt(1).nullable(),
      minMinutes: z.int().min(5).max(720).nullable(),
    }),
    done,
  ),
} as const;
