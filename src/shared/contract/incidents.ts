import { z } from 'zod';
import { incidentChannels, messageChannels } from '../domain/channels.ts';
import { audiences } from '../domain/letter-parties.ts';
import { command, query } from '../rpc/define.ts';
import { undoAnswer } from './bulk.ts';
import { address, done, empty, file, id, revision, time } from './common.ts';
import { favouriteLevel } from './notes.ts';

export const clockView = z.object({
  /** Key of its rule: `sla` is the incident's own. */
  kind: z.string(),
  name: z.string(),
  nameEn: z.string(),
  startedAt: time,
  targetMs: z.int().nullable(),
  riskAt: time.nullable(),
  dueAt: time.nullable(),
  pausedAt: time.nullable(),
  /** What is left while paused. */
  remainingMs: z.int().nullable(),
  pauseReason: z.string().nullable(),
  endedAt: time.nullable(),
  /** Ended because its incident went into another one: neither in time nor late. */
  merged: z.boolean(),
});
export type ClockView = z.infer<typeof clockView>;

/** From shared/domain/clock-state.ts, computed on both sides from the same facts. */
export const clockStates = [
  'no-target',
  'running',
  'at-risk',
  'overdue',
  'paused',
  'met',
  'breached',
] as const;
export const alarmKinds = [
  'new',
  'at-risk',
  'overdue',
  'late-letter',
  'reopened',
  /** A step before the deadline. */
  'warning',
  /** Nobody acknowledged: for the shift lead. */
  'escalated',
  'woke',
  'reminder',
  'mention',
  'flood',
  'silence',
] as const;

export const incidentRow = z.object({
  id,
  code: z.string(),
  title: z.string(),
  statusId: id,
  typeId: id.nullable(),
  priority: z.enum(['normal', 'high']),
  channel: z.enum(incidentChannels),
  registeredAt: time,
  openedAt: time,
  finishedAt: time.nullable(),
  dismissedAt: time.nullable(),
  assigneeId: id.nullable(),
  asset: z.string(),
  applicant: z.string(),
  /** For whoever asks. */
  unread: z.boolean(),
  /** Of whoever asks; nobody sees another's. */
  favourite: favouriteLevel,
  /** When a postponed one wakes up. */
  postponedUntil: time.nullable(),
  /** When silence closes it. */
  autoCloseAt: time.nullable(),
  lateLetters: z.int(),
  messageCount: z.int(),
  lastMessageAt: time.nullable(),
  clock: clockView.nullable(),
  /** Kinds of alarm nobody has acknowledged. */
  alarms: z.array(z.enum(alarmKinds)),
  /** Its letters live in another incident. */
  mergedIntoId: id.nullable(),
  /** The flood it came in with. */
  floodId: id.nullable(),
  revision,
});
export type IncidentRow = z.infer<typeof incidentRow>;

export const queueFilter = z.strictObject({
  scope: z.enum(['open', 'finished', 'dismissed', 'all']).default('open'),
  statusIds: z.array(id).max(50).default([]),
  /** null in the list means "no type yet". */
  typeIds: z.array(id.nullable()).max(50).default([]),
  /** null in the list means "nobody". */
  assigneeIds: z.array(id.nullable()).max(50).default([]),
  categoryIds: z.array(id).max(50).default([]),
  channels: z.array(z.enum(incidentChannels)).default([]),
  clockStates: z.array(z.enum(clockStates)).default([]),
  unread: z.boolean().default(false),
  /** Only those that wait for their time. */
  postponed: z.boolean().default(false),
  /** Own ones; null in the list means "none". */
  favourites: z.array(favouriteLevel).max(3).default([]),
  asset: z.string().max(100).default(''),
  registeredFrom: time.nullable().default(null),
  registeredTo: time.nullable().default(null),
});
export type QueueFilter = z.infer<typeof queueFilter>;

export const queueSort = z.strictObject({
  /** `urgency`: sounding and overdue first, then by deadline, then those without one by age. */
  key: z.enum([
    'urgency',
    'code',
    'title',
    'status',
    'type',
    'due',
    'assignee',
    'registered',
    'asset',
    'channel',
    'lastMessage',
    /** Own important ones first. */
    'favourite',
  ]),
  descending: z.boolean(),
});
export type QueueSort = z.infer<typeof queueSort>;

const messageAttachment = file.extend({
  id,
  contentId: z.string().nullable(),
  inline: z.boolean(),
  /** Its file went when its time of keeping was over. */
  expiredAt: time.nullable().optional(),
});

export const outboxStates = [
  'queued',
  'sending',
  'accepted',
  'delivered',
  'read',
  'acknowledged',
  'failed',
  'unknown',
  'cancelled',
] as const;

/** Why a letter stands where it stands. */
export const linkEvidence = z.object({
  by: z.enum([
    'opened',
    'references',
    'code',
    'content',
    'hand',
    'reply',
    'stored',
    'automatic',
    'sent',
    /** The same sender went on in the same chat and topic. */
    'same-sender',
    /** A rule of the chat had opened too many at once: what came then stands with the last of them. */
    'flood',
  ]),
  /** The code that was read, the reference that matched, or who moved it. */
  detail: z.string().optional(),
  /** Headers and code named different incidents: the one that lost. One key moves the letter there. */
  otherIncidentId: id.optional(),
  otherCode: z.string().optional(),
});
export type LinkEvidence = z.infer<typeof linkEvidence>;

export const messageView = z.object({
  kind: z.literal('message'),
  id,
  conversationId: id,
  /** With whom the conversation is held. */
  party: z.enum(audiences),
  direction: z.enum(['in', 'out']),
  channel: z.enum(messageChannels),
  /** Of the channel: a mailbox or a Telegram account. */
  accountId: id.nullable(),
  /** The chat it was said in. */
  chat: z.object({ id, title: z.string(), messageId: id }).nullable(),
  subject: z.string(),
  from: address,
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  replyTo: z.array(address),
  text: z.string(),
  /** Its words went when their time of keeping was over. */
  textExpiredAt: time.nullable().optional(),
  /** The letter itself is at `<base>/letter/<id>`; `?remote=1` lets its pictures in. */
  hasHtml: z.boolean(),
  hasRemote: z.boolean(),
  sentAt: time,
  receivedAt: time,
  automatic: z.enum(['bounce', 'auto-reply', 'bulk']).nullable(),
  automaticEvidence: z.string().nullable(),
  notes: z.array(z.string()),
  link: linkEvidence,
  authorId: id.nullable(),
  attachments: z.array(messageAttachment),
  /** Raw letter is kept: `<base>/raw/<messageId>` downloads the .eml. */
  hasRaw: z.boolean(),
  outbox: z
    .object({
      id,
      state: z.enum(outboxStates),
      notBefore: time,
      errorCode: z.string().nullable(),
      errorDetail: z.string().nullable(),
      acceptedAt: time.nullable(),
    })
    .nullable(),
});
export type MessageView = z.infer<typeof messageView>;

export const journalView = z.object({
  kind: z.literal('event'),
  sequence: z.int(),
  at: time,
  actorId: id.nullable(),
  /** `incident.opened`, `incident.status-changed`, … (shared/domain/journal-kinds.ts) */
  event: z.string(),
  payload: z.record(z.string(), z.unknown()),
  /** This entry can be taken back with incidents.undo. */
  undoable: z.boolean(),
});
export type JournalView = z.infer<typeof journalView>;

export const deadlineStep = z.object({
  /** Its words are in i18n under `clocks.step`. */
  step: z.string(),
  at: time,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type DeadlineStep = z.infer<typeof deadlineStep>;

const undoToken = z.object({ undo: z.int().nullable() });

const expected = { id, expected: revision } as const;

export const incidentsContract = {
  queue: query(
    z.strictObject({
      filter: queueFilter,
      sort: queueSort,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
      /** Of every flood but these only the most urgent one is listed; null folds nothing. Only for `open`. */
      unfolded: z.array(id).max(100).nullable().default(null),
    }),
    z.object({ total: z.int(), revision, rows: z.array(incidentRow) }),
  ),
  rows: query(
    z.strictObject({ ids: z.array(id).max(500) }),
    z.object({ rows: z.array(incidentRow), revision }),
  ),
  counts: query(
    z.strictObject({ personId: id }),
    z.object({
      open: z.int(),
      mine: z.int(),
      unassigned: z.int(),
      atRisk: z.int(),
      overdue: z.int(),
      unread: z.int(),
      postponed: z.int(),
    }),
  ),
  card: query(
    z.strictObject({ id }),
    z.object({
      row: incidentRow,
      description: z.string(),
      applicantName: z.string(),
      applicantAddress: z.string(),
      applicantPhone: z.string(),
      /** From a place or a photo that was sent. */
      coordinates: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
      categoryIds: z.array(id),
      /** Statuses that may be chosen by hand now. */
      nextStatusIds: z.array(id),
      accountId: id.nullable(),
    }),
  ),
  /** Letters and journal in one line of time, oldest first; `before` pages backwards. */
  timeline: query(
    z.strictObject({
      id,
      before: time.nullable().default(null),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.object({
      entries: z.array(z.discriminatedUnion('kind', [messageView, journalView])),
      more: z.boolean(),
    }),
  ),
  history: query(z.strictObject({ id }), z.object({ entries: z.array(journalView) })),

  open: command(
    z.strictObject({
      title: z.string().trim().min(1).max(300),
      description: z.string().max(20_000).default(''),
      applicantName: z.string().trim().max(200).default(''),
      applicantPhone: z.string().trim().max(40).default(''),
      applicantAddress: z.string().trim().max(320).default(''),
      asset: z.string().trim().max(100).default(''),
      /** Chosen in the registry; without one it is looked for in the words. */
      assetId: id.nullable().default(null),
      typeId: id.nullable().default(null),
      assigneeId: id.nullable().default(null),
    }),
    z.object({ id, code: z.string() }),
  ),
  setStatus: command(z.strictObject({ ...expected, statusId: id }), undoToken),
  setType: command(z.strictObject({ ...expected, typeId: id.nullable() }), undoToken),
  assign: command(z.strictObject({ ...expected, personId: id.nullable() }), undoToken),
  edit: command(
    z.strictObject({
      ...expected,
      title: z.string().trim().min(1).max(300).optional(),
      description: z.string().max(20_000).optional(),
      applicantName: z.string().trim().max(200).optional(),
      applicantPhone: z.string().trim().max(40).optional(),
      applicantAddress: z.string().trim().max(320).optional(),
      asset: z.string().trim().max(100).optional(),
      priority: z.enum(['normal', 'high']).optional(),
      categoryIds: z.array(id).max(20).optional(),
    }),
    undoToken,
  ),
  pauseClock: command(z.strictObject({ ...expected, reason: z.string().trim().min(1).max(300) }), undoToken),
  resumeClock: command(z.strictObject({ ...expected }), undoToken),
  /** "Not an incident", with an optional rule for the next ones. */
  dismiss: command(
    z.strictObject({
      ...expected,
      rule: z
        .strictObject({
          field: z.enum(['sender', 'subject', 'list-id']),
          value: z.string().trim().min(1).max(300),
        })
        .nullable()
        .default(null),
    }),
    undoToken,
  ),
  markRead: command(z.strictObject({ id }), done),
  acknowledge: command(z.strictObject({ ids: z.array(id).min(1).max(500) }), done),
  acknowledgeAll: command(empty, z.object({ count: z.int() })),
  /** Moves a letter to another incident, or to one of its own when `incidentId` is null. */
  moveMessage: command(
    z.strictObject({ messageId: id, incidentId: id.nullable() }),
    z.object({ incidentId: id, undo: z.int().nullable() }),
  ),
  /** Whatever the journal has under that number: incidents, people, lists, settings, decisions about many. */
  undo: command(z.strictObject({ sequence: z.int() }), undoAnswer),
} as const;

export const alarmView = z.object({
  id,
  incidentId: id,
  code: z.string(),
  title: z.string(),
  kind: z.enum(alarmKinds),
  raisedAt: time,
  assigneeId: id.nullable(),
  /** What its person asked to be told; of a reminder only, and empty when nothing was written. */
  words: z.string(),
});
export type AlarmView = z.infer<typeof alarmView>;

export const alarmsContract = {
  sounding: query(empty, z.object({ alarms: z.array(alarmView) })),
} as const;

export const searchContract = {
  find: query(
    z.strictObject({
      text: z.string().max(300),
      filter: queueFilter.partial().default({}),
      limit: z.int().min(1).max(100).default(50),
    }),
    z.object({
      hits: z.array(
        z.object({
          incidentId: id.nullable(),
          messageId: id.nullable(),
          code: z.string(),
          title: z.string(),
          statusId: id.nullable(),
          from: z.string(),
          at: time,
          /** Text around the hit; `marks` are [start, end) offsets in it. */
          snippet: z.string(),
          marks: z.array(z.tuple([z.int(), z.int()])),
        }),
      ),
    }),
  ),
} as const;
