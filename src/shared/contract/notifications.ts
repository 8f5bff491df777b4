import { z } from 'zod';
import {
  answerVerbs,
  deliveryStates,
  notificationStates,
  reachChannels,
  urgencies,
} from '../domain/reaching.ts';
import { stepEnds } from '../domain/step-end.ts';
import { command, query, task } from '../rpc/define.ts';
import { done, empty, file, id, savedItem, time, undoable } from './common.ts';
import { ladderStep, party } from './ladders.ts';

const namedParty = party.extend({ name: z.string() });

const notificationKinds = ['composed', 'call', 'handover', 'alarm', 'chat', 'check', 'bundle'] as const;

/** Empty lists and nulls filter nothing. */
export const notificationFilter = z.strictObject({
  states: z.array(z.enum(notificationStates)).max(10).default([]),
  /** By which something was tried. */
  channels: z.array(z.enum(reachChannels)).max(10).default([]),
  urgencies: z.array(z.enum(urgencies)).max(3).default([]),
  party: party.nullable().default(null),
  incidentId: id.nullable().default(null),
  callId: id.nullable().default(null),
  /** Of when it was written; `before` does not count. */
  from: time.nullable().default(null),
  before: time.nullable().default(null),
  /** Words of it, the name of whom it is for, or the code of its incident. */
  text: z.string().max(200).default(''),
  /** Something of it may have arrived or not, and nobody knows. */
  unknown: z.boolean().default(false),
});
export type NotificationFilter = z.infer<typeof notificationFilter>;

/** A step in a glance. */
const stepMark = z.object({ channel: z.enum(reachChannels), state: z.enum(deliveryStates), at: time });
export type StepMark = z.infer<typeof stepMark>;

export const notificationRow = z.object({
  id,
  kind: z.enum(notificationKinds),
  urgency: z.enum(urgencies),
  title: z.string(),
  /** Its beginning. */
  text: z.string(),
  state: z.enum(notificationStates),
  heldBy: z.enum(['quiet', 'throttle']).nullable(),
  /** null: whoever it was for has been deleted. */
  party: namedParty.nullable(),
  incident: z.object({ id, code: z.string() }).nullable(),
  call: z.object({ id, number: z.int() }).nullable(),
  createdAt: time,
  /** null: Pult itself. */
  createdBy: id.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  /** When the ladder is looked at next. */
  dueAt: time.nullable(),
  acknowledgedAt: time.nullable(),
  /** The channel of the answer, or `hand`. */
  acknowledgedBy: z.string().nullable(),
  steps: z.array(stepMark),
  /** How many places the ladder has: not all need to have been climbed. */
  ladderLength: z.int(),
  /** Hundredths of the currency, of all its attempts. */
  cost: z.int(),
  previousId: id.nullable(),
  nextId: id.nullable(),
});
export type NotificationRow = z.infer<typeof notificationRow>;

const attempt = z.object({
  id,
  routeName: z.string(),
  startedAt: time,
  wroteAt: time.nullable(),
  endedAt: time.nullable(),
  outcome: z.enum(['accepted', 'refused', 'not-sent', 'unknown']).nullable(),
  /** A reason of `errors.reason`. */
  code: z.string().nullable(),
  /** As the service says it. */
  detail: z.string().nullable(),
  cost: z.int(),
  segments: z.int().nullable(),
});

const receipt = z.object({
  status: z.enum(['accepted', 'delivered', 'read', 'acknowledged', 'failed']),
  raw: z.string(),
  at: time,
  takenAt: time,
});

const climbStep = z.object({
  /** null: the ladder has it and it was not taken. */
  deliveryId: id.nullable(),
  round: z.int(),
  step: z.int(),
  planned: ladderStep,
  /** Where it really went; empty while it has not. */
  address: z.string(),
  state: z.enum(deliveryStates).nullable(),
  dueAt: time.nullable(),
  /** The first byte left. */
  sentAt: time.nullable(),
  acceptedAt: time.nullable(),
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
  acknowledgedAt: time.nullable(),
  failedAt: time.nullable(),
  routeName: z.string().nullable(),
  providerId: z.string().nullable(),
  /** As the provider says it. */
  providerStatus: z.string().nullable(),
  cost: z.int().nullable(),
  segments: z.int().nullable(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  /** Why it went no further by this step. */
  end: z.enum(stepEnds),
  /** When that was: null while it still waits, or when it was not taken. */
  endAt: time.nullable(),
  attempts: z.array(attempt),
  receipts: z.array(receipt),
});
export type ClimbStep = z.infer<typeof climbStep>;

const said = z.object({
  id,
  channel: z.enum([...reachChannels, 'hand']),
  address: z.string(),
  from: namedParty.nullable(),
  verb: z.enum(answerVerbs).nullable(),
  text: z.string(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  files: z.array(file),
  at: time,
});
export type SaidBack = z.infer<typeof said>;

/** One notification in full: the whole climb, as it was planned and as it went. */
export const notificationClimb = z.object({
  row: notificationRow,
  text: z.string(),
  code: z.string(),
  verbs: z.array(z.enum(answerVerbs)),
  files: z.array(file),
  round: z.int(),
  mostRounds: z.int(),
  repeatMinutes: z.int().nullable(),
  steps: z.array(climbStep),
  answers: z.array(said),
  /** Those it was passed on between, from the first, this one among them. */
  chain: z.array(z.object({ id, party: namedParty.nullable(), state: z.enum(notificationStates) })),
});
export type NotificationClimb = z.infer<typeof notificationClimb>;

const several = z.strictObject({ ids: z.array(id).min(1).max(500) });
/** Of several: what was changed, and what could not be, with its reason of `errors.reason`. */
const outcome = z.object({ done: z.int(), refused: z.array(z.object({ id, reason: z.string() })) });
export type SeveralOutcome = z.infer<typeof outcome>;

export const notificationTemplate = z.object({
  id,
  /** The desk itself writes by it: its words may be changed, it cannot be removed. */
  key: z.string().nullable(),
  name: z.string().trim().min(1).max(120),
  title: z.string().max(300),
  text: z.string().min(1).max(4000),
});
export type NotificationTemplate = z.infer<typeof notificationTemplate>;

const strayAnswer = said.extend({
  takenAt: time,
  /** What it may be about: sent to the same address or person, newest first. */
  candidates: z.array(
    z.object({
      id,
      title: z.string(),
      text: z.string(),
      state: z.enum(notificationStates),
      createdAt: time,
      code: z.string().nullable(),
    }),
  ),
});
export type StrayAnswer = z.infer<typeof strayAnswer>;

export const notificationsContract = {
  /** Newest first, those before an id; `next` is null when there are no more. */
  list: query(
    z.strictObject({
      filter: notificationFilter,
      before: id.nullable().default(null),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.object({
      rows: z.array(notificationRow),
      next: id.nullable(),
      /** Of everything that matches, with the first page; null when there are too many to count. */
      total: z.int().nullable(),
    }),
  ),
  /** Rows that are on the screen, read again; deleted ones are left out. */
  rows: query(z.strictObject({ ids: z.array(id).max(200) }), z.object({ rows: z.array(notificationRow) })),
  climb: query(z.strictObject({ id }), notificationClimb),
  /** Everybody told about an incident, oldest first: its card has a line for each. */
  ofIncident: query(
    z.strictObject({ incidentId: id }),
    z.object({ climbs: z.array(notificationClimb), more: z.int() }),
  ),
  /** What waits for somebody at the desk. */
  counts: query(
    empty,
    z.object({
      /** Waiting or climbing. */
      open: z.int(),
      /** Deliveries nobody knows the outcome of. */
      unknown: z.int(),
      /** Alarms of reaching that sound. */
      alarms: z.int(),
      /** Answers nobody knows where to put. */
      answers: z.int(),
    }),
  ),
  compose: command(
    z.strictObject({
      to: z.array(party).max(500).default([]),
      /** Of `ladders.groups`; somebody who is in two of them is told once. */
      groupIds: z.array(id).max(50).default([]),
      urgency: z.enum(urgencies),
      title: z.string().max(300),
      text: z.string().trim().min(1).max(4000),
      incidentId: id.nullable().default(null),
      /** Whether they are asked to say that they have read it. */
      asks: z.boolean().default(true),
      files: z.array(file).max(20).default([]),
    }),
    z.object({ ids: z.array(id) }),
  ),
  /** The same words to the same person anew; the old one stays as it is. */
  resend: command(several, outcome),
  cancel: command(several, outcome),
  /** They said so by telephone. */
  acknowledge: command(several, outcome),
  /** Of an unknown outcome: somebody asked, and it did arrive or it did not. */
  settle: command(z.strictObject({ deliveryId: id, arrived: z.boolean() }), done),

  templates: query(empty, z.object({ templates: z.array(notificationTemplate) })),
  /** Without an id a new one. */
  saveTemplate: command(
    notificationTemplate.omit({ id: true, key: true }).extend({ id: id.nullable() }).strict(),
    savedItem,
  ),
  removeTemplate: command(z.strictObject({ id }), undoable),
  /** A template with the facts of an incident; `unknown` are placeholders that stay to be seen. */
  render: query(
    z.strictObject({ templateId: id, incidentId: id.nullable() }),
    z.object({ title: z.string(), text: z.string(), unknown: z.array(z.string()) }),
  ),

  /** Answers that belong to nothing the desk knows, newest first. */
  strays: query(
    z.strictObject({ before: id.nullable().default(null) }),
    z.object({ answers: z.array(strayAnswer), next: id.nullable() }),
  ),
  /** It answers this notification, as if its code had been said. */
  placeStray: command(z.strictObject({ answerId: id, notificationId: id }), done),
  /** Read, and nothing follows from it. */
  dismissStray: command(z.strictObject({ answerId: id }), done),

  /** Then `reports.exportState`, and the file by its id. */
  startExport: task(
    z.strictObject({
      filter: notificationFilter,
      format: z.enum(['csv', 'xlsx']),
      separator: z.enum([';', ',']).default(';'),
      language: z.enum(['ru', 'en']),
    }),
    z.object({ id: z.string() }),
  ),
} as const;
