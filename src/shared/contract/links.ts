import { z } from 'zod';
import { linkRoles } from '../domain/link-kinds.ts';
import { command, query } from '../rpc/define.ts';
import { address, done, id, revision, time } from './common.ts';

const undoToken = z.object({ undo: z.int().nullable() });

/** An incident as other incidents' pages name it. */
const named = z.object({
  id,
  code: z.string(),
  title: z.string(),
  statusId: id,
  finishedAt: time.nullable(),
  dismissedAt: time.nullable(),
  merged: z.boolean(),
  /** Of what people decide: for commands on it. */
  revision,
});
export type NamedIncident = z.infer<typeof named>;

const incidentLink = named.extend({ role: z.enum(linkRoles) });

export const floodView = z.object({
  id,
  kind: z.enum(['asset', 'line', 'region']),
  title: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  /** Incidents in it, and those of them that are open. */
  total: z.int(),
  open: z.int(),
});
export type FloodView = z.infer<typeof floodView>;

const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asset'), code: z.string() }),
  z.object({ kind: z.literal('pole'), code: z.string() }),
  z.object({ kind: z.literal('applicant') }),
  z.object({ kind: z.literal('title') }),
  z.object({ kind: z.literal('type') }),
  z.object({ kind: z.literal('near'), apartMs: z.int() }),
]);
export type SimilarReason = z.infer<typeof reason>;

export const similarIncident = named.extend({
  /** 1 to 99. */
  percent: z.int(),
  reasons: z.array(reason),
});
export type SimilarIncident = z.infer<typeof similarIncident>;

export const answerParts = ['waiting', 'queued', 'skipped', 'taken-back'] as const;

export const answerView = z.object({
  batchId: id,
  parts: z.array(
    z.object({
      incidentId: id,
      code: z.string(),
      state: z.enum(answerParts),
      /** Why nothing was sent; a word of `links.answer.why`. */
      reason: z.string().nullable(),
    }),
  ),
  /** Until then all of it can be taken back. */
  undoUntil: time,
  takenBackAt: time.nullable(),
});
export type AnswerView = z.infer<typeof answerView>;

/** How incidents belong together: links, merging, splitting, floods. */
export const linksContract = {
  ofIncident: query(
    z.strictObject({ incidentId: id }),
    z.object({
      links: z.array(incidentLink),
      /** Where its letters live now; `end` when that one was merged in turn. */
      mergedInto: named.nullable(),
      end: named.nullable(),
      /** Letters that came by its code since it was merged: taken back only if somebody says so. */
      lettersSince: z.int(),
      /** Those it took in. */
      merged: z.array(named.extend({ letters: z.int(), applicant: address })),
      /** Conversations of this incident that came with a merged one. */
      origins: z.array(z.object({ conversationId: id, incidentId: id, code: z.string() })),
      flood: floodView.nullable(),
    }),
  ),
  similar: query(
    z.strictObject({ incidentId: id }),
    z.object({ similar: z.array(similarIncident), revision }),
  ),
  /** Incidents by their code or words of the title, open ones first; for fields that name one. */
  complete: query(
    z.strictObject({ text: z.string().max(200), except: id.nullable().default(null) }),
    z.object({ incidents: z.array(named) }),
  ),
  add: command(z.strictObject({ incidentId: id, otherId: id, role: z.enum(linkRoles) }), undoToken),
  remove: command(z.strictObject({ incidentId: id, otherId: id, role: z.enum(linkRoles) }), undoToken),
  /** These two are not alike: never offered again. */
  unlike: command(z.strictObject({ incidentId: id, otherId: id }), done),
  /** Letters of the others move into one; `expected` of each, so that nobody merges what has changed. */
  merge: command(
    z.strictObject({
      intoId: id,
      expected: revision,
      others: z
        .array(z.strictObject({ id, expected: revision }))
        .min(1)
        .max(20),
    }),
    z.object({ intoId: id, code: z.string(), undo: z.int().nullable() }),
  ),
  /** Apart again: its threads return with whatever came in them since; by choice also what came by its code. */
  part: command(z.strictObject({ id, expected: revision, takeLater: z.boolean() }), undoToken),
  /** Letters, with the answers to them or alone, to another incident, or to a new one that is linked to theirs. */
  moveLetters: command(
    z.strictObject({
      messageIds: z.array(id).min(1).max(200),
      incidentId: id.nullable(),
      alone: z.boolean().default(false),
    }),
    z.object({ incidentId: id, code: z.string(), moved: z.int(), undo: z.int().nullable() }),
  ),
  /** Floods that run, and those that ended and still have open incidents. */
  floods: query(z.strictObject({}), z.object({ floods: z.array(floodView) })),
  flood: query(
    z.strictObject({ id }),
    z.object({ flood: floodView, incidents: z.array(named), answer: answerView.nullable() }),
  ),
  leaveFlood: command(z.strictObject({ incidentId: id }), undoToken),
  /** One text to the applicants of all of them, a letter of its own each; goes on by itself, over a restart too. */
  answerAll: command(
    z.strictObject({
      incidentIds: z.array(id).min(1).max(500),
      floodId: id.nullable().default(null),
      text: z.string().trim().min(1).max(20_000),
    }),
    z.object({ batchId: id }),
  ),
  answers: query(z.strictObject({ batchId: id }), answerView),
  /** Whatever has not left is not sent; tells how many those were, and gives the text back. */
  takeBackAnswers: command(
    z.strictObject({ batchId: id }),
    z.object({ takenBack: z.int(), left: z.int(), text: z.string() }),
  ),
} as const;
