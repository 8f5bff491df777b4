import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { empty, id, revision, time } from './common.ts';

/** What keeps an incident from being closed, each with what its mend needs. */
export const closingProblem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-type') }),
  z.object({ kind: z.literal('no-subtype'), typeId: id }),
  /** `work` is the key of its clock rule. */
  z.object({
    kind: z.literal('work-running'),
    work: z.string(),
    name: z.string(),
    nameEn: z.string(),
    startedAt: time,
  }),
  z.object({ kind: z.literal('repair-without-priority') }),
  z.object({ kind: z.literal('priority-without-repair'), repairPriorityId: id }),
  z.object({
    kind: z.literal('blocker'),
    incidentId: id,
    code: z.string(),
    why: z.enum(['subtask', 'dependency']),
  }),
]);
export type ClosingProblem = z.infer<typeof closingProblem>;

export const reminder = z.object({
  id,
  incidentId: id,
  code: z.string(),
  title: z.string(),
  at: time,
  text: z.string(),
});
export type Reminder = z.infer<typeof reminder>;

const undoToken = z.object({ undo: z.int().nullable() });
const expected = { id, expected: revision } as const;

/** What an incident needs to be closed, and what makes it wait: postponing, auto-closing, reminders. */
export const workflowContract = {
  /** What only the life of the incident knows: the card asks beside `incidents.card`. */
  ofIncident: query(
    z.strictObject({ id }),
    z.object({
      subtypeId: id.nullable(),
      repairPriorityId: id.nullable(),
      /** Why it cannot be closed now; empty when it can. */
      problems: z.array(closingProblem),
      /** Open duplicates: a warning, not an obstacle. */
      duplicates: z.array(z.object({ incidentId: id, code: z.string() })),
      postponed: z.object({ until: time, reason: z.string(), backStatusId: id }).nullable(),
      autoClose: z
        .object({
          at: time,
          by: z.enum(['letter', 'hand']),
          minutes: z.int(),
          /** The operator group that asked for this long; null when it is the desk's own delay, or chosen by hand. */
          group: z.string().nullable(),
        })
        .nullable(),
      /** Silence should have closed it, but something was missing. */
      autoCloseRefused: z.boolean(),
      /** When silence would close it if it were armed now; null where its status does not allow it. */
      autoCloseAt: time.nullable(),
      mayPostpone: z.boolean(),
    }),
  ),
  setSubtype: command(z.strictObject({ ...expected, subtypeId: id.nullable() }), undoToken),
  setRepairPriority: command(z.strictObject({ ...expected, repairPriorityId: id.nullable() }), undoToken),
  /** Mends what keeps it open and closes it at once, taken back at once; `statusId` null arms the automatic closing instead. */
  close: command(
    z.strictObject({
      ...expected,
      statusId: id.nullable(),
      typeId: id.optional(),
      subtypeId: id.optional(),
      endWorks: z
        .array(z.strictObject({ kind: z.string().max(60), at: time }))
        .max(20)
        .optional(),
      /** null takes the priority away. */
      repairPriorityId: id.nullable().optional(),
    }),
    undoToken,
  ),
  cancelAutoClose: command(z.strictObject({ ...expected }), undoToken),
  postpone: command(
    z.strictObject({ ...expected, until: time, reason: z.string().trim().max(300) }),
    undoToken,
  ),
  /** Back before its time. */
  wake: command(z.strictObject({ ...expected }), undoToken),
  remind: command(
    z.strictObject({ incidentId: id, at: time, text: z.string().trim().max(300) }),
    z.object({ id, undo: z.int().nullable() }),
  ),
  /** One's own that are not done, the nearest first. */
  reminders: query(empty, z.object({ reminders: z.array(reminder) })),
  finishReminder: command(z.strictObject({ id }), undoToken),
} as const;
