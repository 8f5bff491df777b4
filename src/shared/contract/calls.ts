import { z } from 'zod';
import { callClockKinds, callStates, contractorStates, turnOutcomes } from '../domain/calls.ts';
import {
  answerVerbs,
  deliveryStates,
  notificationStates,
  reachChannels,
  urgencies,
} from '../domain/reaching.ts';
import { command, query } from '../rpc/define.ts';
import { done, file, id, revision, time, undoable } from './common.ts';

export const pagingKinds = ['never', 'high', 'always'] as const;

const urgency = z.enum(urgencies);
const answerChannel = z.enum([...reachChannels, 'hand']);
const position = z.object({ latitude: z.number(), longitude: z.number() });

const clock = z.object({
  kind: z.enum(callClockKinds),
  startedAt: time,
  dueAt: time,
  endedAt: time.nullable(),
});
export type CallClockView = z.infer<typeof clock>;

const lastAnswer = z.object({
  at: time,
  verb: z.enum(answerVerbs).nullable(),
  /** At most 300 characters of it. */
  text: z.string(),
  files: z.int(),
  hasPlace: z.boolean(),
});

/** One card of the board, one line of a list. */
export const callLine = z.object({
  id,
  number: z.int(),
  incidentId: id.nullable(),
  incidentCode: z.string().nullable(),
  incidentTitle: z.string().nullable(),
  assetId: id.nullable(),
  place: z.string(),
  description: z.string(),
  urgency,
  state: z.enum(callStates),
  contactId: id.nullable(),
  contactName: z.string().nullable(),
  /** Of those asked until now, this one's place. */
  turn: z.int(),
  passesOn: z.boolean(),
  requestedBy: id.nullable(),
  createdAt: time,
  acceptedAt: time.nullable(),
  onTheWayAt: time.nullable(),
  inProgressAt: time.nullable(),
  endedAt: time.nullable(),
  /** When the one who is asked counts as silent; null while they are not asked, or are left alone until morning. */
  silentAt: time.nullable(),
  /** The clock that runs now. */
  clock: clock.nullable(),
  /** What whom it is with said last. */
  lastAnswer: lastAnswer.nullable(),
  /** Answers nobody has looked at. */
  unseen: z.int(),
  /** Alarms of it nobody has acknowledged. */
  sounding: z.boolean(),
  revision,
});
export type CallLine = z.infer<typeof callLine>;

export const callTurn = z.object({
  id,
  contactId: id,
  name: z.string(),
  /** Why this one, as it was known when they were asked: `suggestTechnicians` of that moment, or `{ by: 'hand' }`. */
  why: z.record(z.string(), z.unknown()),
  askedAt: time,
  silentAt: time.nullable(),
  endedAt: time.nullable(),
  outcome: z.enum(turnOutcomes).nullable(),
  reason: z.string(),
  /** Of the ladder that asked them: its page tells every attempt. */
  notificationId: id.nullable(),
  notificationState: z.enum(notificationStates).nullable(),
});
export type CallTurnView = z.infer<typeof callTurn>;

/** A line of the conversation of a call. */
export const callWord = z.object({
  /** `n12` is a notification, `a7` an answer. */
  key: z.string(),
  direction: z.enum(['out', 'in']),
  at: time,
  /** Whom it went to, or who said it; null is somebody unknown. */
  contactId: id.nullable(),
  name: z.string(),
  /** Of the dispatcher who wrote it. */
  personId: id.nullable(),
  channel: answerChannel.nullable(),
  text: z.string(),
  verb: z.enum(answerVerbs).nullable(),
  files: z.array(file),
  place: position.nullable(),
  /** Of what left: how far its best delivery came. */
  state: z.enum(deliveryStates).nullable(),
  notificationId: id.nullable(),
});
export type CallWord = z.infer<typeof callWord>;

export const callView = callLine.extend({
  skillId: id.nullable(),
  regionId: id.nullable(),
  /** Key of the clock of the work that follows this call; empty follows none. */
  workKind: z.string(),
  result: z.string(),
  location: position.extend({ at: time }).nullable(),
  files: z.array(file),
  turns: z.array(callTurn),
  clocks: z.array(clock),
  words: z.array(callWord),
  /** Answers after it are new to whoever looks. */
  seenAnswerId: z.int(),
  /** What it speaks by now: where the technician last answered; null climbs their ladder. */
  speaksBy: z.enum(reachChannels).nullable(),
});
export type CallView = z.infer<typeof callView>;

const norms = z.strictObject({
  /** How long one technician is waited for before the next is asked. */
  answer: z.int().min(1).max(1440),
  accept: z.int().min(1).max(10_080),
  arrive: z.int().min(1).max(10_080),
  complete: z.int().min(1).max(43_200),
});
/** Minutes, by urgency. */
export const callSettings = z.strictObject({
  normal: norms,
  urgent: norms,
  critical: norms,
  /** The same for hand-over letters: a contractor who has not said a word for so long is shown as silent. */
  contractorMinutes: z.int().min(1).max(10_080),
  /** Whether hand-over letters ask for a code word at all. */
  asksContractors: z.boolean(),
  /** Of which incidents the lead is also told by their ladder when nobody acknowledges an alarm. */
  pagesLead: z.enum(pagingKinds),
});
export type CallSettings = z.infer<typeof callSettings>;

export const contractorRequest = z.object({
  id,
  incidentId: id,
  contactId: id.nullable(),
  /** The contractor's name, or the address the letter went to. */
  name: z.string(),
  messageId: id.nullable(),
  notificationId: id.nullable(),
  code: z.string(),
  state: z.enum(contractorStates),
  askedAt: time,
  answeredAt: time.nullable(),
  /** When waiting becomes silence; null before the letter has left. */
  silentAt: time.nullable(),
  phone: z.string(),
  /** They have a way besides the letter. */
  remindable: z.boolean(),
  revision,
});
export type ContractorRequestView = z.infer<typeof contractorRequest>;

const at = { id, expected: revision } as const;

export const callsContract = {
  /** Everything that is open, and what ended in the last day; the board groups it by state. */
  board: query(z.strictObject({}), z.object({ calls: z.array(callLine) })),
  /** Newest first. */
  list: query(
    z.strictObject({
      incidentId: id.nullable().default(null),
      assetId: id.nullable().default(null),
      contactId: id.nullable().default(null),
      states: z.array(z.enum(callStates)).default([]),
      text: z.string().max(200).default(''),
      /** Of the page before: the id of its last line. */
      before: id.nullable().default(null),
      limit: z.int().min(1).max(200).default(50),
    }),
    z.object({ calls: z.array(callLine) }),
  ),
  get: query(z.strictObject({ id }), z.object({ call: callView })),
  /**
   * Calls the technician chosen by hand, or without one the first whom `suggestTechnicians` names. Throws `conflict`
   * (reason `nobody-to-call`). What has been said to people cannot be taken back: there is no undo.
   */
  create: command(
    z.strictObject({
      incidentId: id.nullable(),
      assetId: id.nullable(),
      place: z.string().trim().max(300),
      description: z.string().trim().min(1).max(4000),
      urgency,
      skillId: id.nullable(),
      regionId: id.nullable(),
      contactId: id.nullable(),
      /** Whether silence and refusal go on to the next by themselves. */
      passesOn: z.boolean(),
      /** Key of a clock of works (`emergency`, `repair`, …) that begins when they accept and ends when they are done. */
      workKind: z.string().max(60),
      files: z.array(file).max(10),
    }),
    z.object({ id, number: z.int() }),
  ),
  /** What the technician said by telephone. `cannot` passes it on. */
  mark: command(
    z.strictObject({ ...at, verb: z.enum(answerVerbs), reason: z.string().trim().max(500).default('') }),
    undoable,
  ),
  /** Asks another one now; without a contact the next suggested. Throws `conflict` (reason `nobody-to-call`). */
  passOn: command(
    z.strictObject({ ...at, contactId: id.nullable(), reason: z.string().trim().max(500).default('') }),
    done,
  ),
  cancel: command(z.strictObject({ ...at, reason: z.string().trim().max(500) }), done),
  /** Throws `conflict` (reasons `call-over`, `call-with-nobody`). */
  say: command(
    z.strictObject({ id, text: z.string().trim().max(4000), files: z.array(file).max(10).default([]) }),
    z.object({ notificationId: id }),
  ),
  /** Everything until now has been looked at; what sounded for it falls silent. */
  seen: command(z.strictObject({ id }), done),
  settings: query(z.strictObject({}), z.object({ settings: callSettings })),
  saveSettings: command(z.strictObject({ settings: callSettings.partial() }), done),
  /** What contractors said to the hand-overs of an incident. */
  contractors: query(z.strictObject({ incidentId: id }), z.object({ requests: z.array(contractorRequest) })),
  /** What the contractor said by telephone. */
  markContractor: command(z.strictObject({ ...at, verb: z.enum(answerVerbs) }), undoable),
  /** Tells them once more, by what they have besides the letter. Throws `conflict` (reason `no-way-to-remind`). */
  remindContractor: command(z.strictObject(at), done),
} as const;
