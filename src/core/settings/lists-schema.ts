import { z } from 'zod';

const key = z.string().regex(/^[a-z0-9-]{1,60}$/);
const name = z.string().trim().min(1).max(120);
const minutes = z.int().min(1).max(525_600);
const item = z.strictObject({ key, name, name_en: name, position: z.int(), active: z.boolean() });
const hours = z.tuple([z.int().min(0).max(1440), z.int().min(0).max(2880)]);

/** One file with every list, by keys and never by ids: it goes from desk to desk. A list that is not in it stays. */
export const listsSchema = z.strictObject({
  format: z.literal('pult-lists'),
  version: z.literal(1),
  statuses: z
    .array(
      item.extend({
        tone: z.enum(['new', 'work', 'wait', 'done', 'bad']),
        finishes: z.boolean(),
        next: z.array(key),
      }),
    )
    .min(1)
    .optional(),
  subtypes: z.array(item).optional(),
  types: z.array(item.extend({ sla_minutes: minutes.nullable(), subtypes: z.array(key) })).optional(),
  priorities: z.array(item.extend({ target_minutes: minutes })).optional(),
  categories: z.array(item).optional(),
  calendars: z
    .array(
      item.extend({
        zone: z.string().max(60),
        around_the_clock: z.boolean(),
        holidays: z.boolean(),
        week: z.array(z.array(hours)).length(7),
      }),
    )
    .optional(),
  days: z
    .array(
      z.strictObject({
        key: z.iso.date(),
        kind: z.enum(['off', 'short', 'work']),
        name: z.string().max(120),
      }),
    )
    .optional(),
  clocks: z
    .array(
      item.extend({
        starts: z.enum(['registered', 'opened', 'hand']),
        target: z.enum(['type', 'repair-priority', 'fixed']),
        target_minutes: minutes.nullable(),
        escalate_minutes: minutes.nullable(),
        warn_percents: z.array(z.int().min(1).max(100)),
        category: key.nullable(),
        calendar: key,
        pause_statuses: z.array(key),
        end_statuses: z.array(key),
      }),
    )
    .optional(),
  templates: z
    .array(
      item.omit({ active: true }).extend({
        subject: z.string().max(300),
        body: z.string().max(20_000),
        audience: z.enum(['applicant', 'emergency', 'repair', 'contractors']),
        thread: z.enum(['first', 'own']),
        begins_work: z.string().max(60),
        begins_from: z.enum(['registered', 'now']),
        ends_works: z.boolean(),
        arms_auto_close: z.boolean(),
        automatic: z.boolean(),
        requires: z.array(z.string().max(40)),
        during_status: key.nullable(),
        after_status: key.nullable(),
        failed_status: key.nullable(),
      }),
    )
    .optional(),
  rules: z
    .array(
      z
        .strictObject({
          key: z.string().max(400).optional(),
          field: z.enum(['sender', 'subject', 'list-id']),
          value: z.string().trim().min(1).max(300),
          active: z.boolean(),
        })
        .transform(({ field, value, active }) => ({ key: `${field}:${value}`, field, value, active })),
    )
    .optional(),
});
export type ListsFile = z.infer<typeof listsSchema>;
