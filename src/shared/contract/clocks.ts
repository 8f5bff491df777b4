import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { done, empty, id, revision, time } from './common.ts';
import { clockView, deadlineStep } from './incidents.ts';

const key = z.string().regex(/^[a-z0-9-]{1,60}$/);
const name = z.string().trim().min(1).max(120);
const zone = z.string().max(60);
const undoToken = z.object({ undo: z.int().nullable() });
const expected = { id, expected: revision, kind: key } as const;

export const clockDetail = clockView.extend({
  /** Begun and ended by people, not by itself. */
  work: z.boolean(),
});
export type ClockDetail = z.infer<typeof clockDetail>;

/** From and to in minutes after the local midnight; `to` may pass 1440 into the next day. */
const dayHours = z
  .array(z.tuple([z.int().min(0).max(1439), z.int().min(1).max(2880)]))
  .max(12)
  .readonly();
const week = z.array(dayHours).length(7).readonly();

export const calendar = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  /** Empty: of the incident's region, else the desk's. */
  zone: z.string(),
  aroundTheClock: z.boolean(),
  week,
  /** Follows the production calendar. */
  holidays: z.boolean(),
  position: z.int(),
  active: z.boolean(),
});
export type CalendarView = z.infer<typeof calendar>;

export const calendarDay = z.object({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  kind: z.enum(['off', 'short', 'work']),
  name: z.string().max(120),
});
export type CalendarDay = z.infer<typeof calendarDay>;

export const clockRule = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  starts: z.enum(['registered', 'opened', 'hand']),
  categoryId: id.nullable(),
  target: z.enum(['type', 'repair-priority', 'fixed']),
  targetMinutes: z.int().nullable(),
  calendarId: id,
  pauseStatusIds: z.array(id).readonly(),
  endStatusIds: z.array(id).readonly(),
  warnPercents: z.array(z.int()).readonly(),
  escalateMinutes: z.int().nullable(),
  position: z.int(),
  active: z.boolean(),
});
export type ClockRule = z.infer<typeof clockRule>;

const minutes = z.int().min(1).max(525_600);

export const clocksContract = {
  /** `works`: what may be begun now. */
  ofIncident: query(
    z.strictObject({ incidentId: id }),
    z.object({
      clocks: z.array(clockDetail),
      works: z.array(z.object({ kind: z.string(), name: z.string(), nameEn: z.string() })),
      /** No work can have begun before. */
      earliest: time,
    }),
  ),
  why: query(
    z.strictObject({ incidentId: id }),
    z.object({
      clocks: z.array(
        z.object({
          kind: z.string(),
          name: z.string(),
          nameEn: z.string(),
          steps: z.array(deadlineStep),
        }),
      ),
    }),
  ),
  /** `at` null: now. */
  begin: command(z.strictObject({ ...expected, at: time.nullable() }), undoToken),
  end: command(z.strictObject({ ...expected, at: time.nullable() }), undoToken),
  /** `startedAt` null: it never began. */
  correct: command(
    z.strictObject({ ...expected, startedAt: time.nullable(), endedAt: time.nullable() }),
    undoToken,
  ),
  pause: command(z.strictObject({ ...expected, reason: z.string().trim().min(1).max(300) }), undoToken),
  resume: command(z.strictObject(expected), undoToken),

  lists: query(
    empty,
    z.object({
      rules: z.array(clockRule),
      calendars: z.array(calendar),
      days: z.array(calendarDay),
      regions: z.array(z.object({ id, name: z.string(), zone: z.string() })),
    }),
  ),
  saveRule: command(
    z.strictObject({
      id: id.nullable(),
      key,
      name,
      nameEn: name,
      starts: clockRule.shape.starts,
      categoryId: id.nullable(),
      target: clockRule.shape.target,
      targetMinutes: minutes.nullable(),
      calendarId: id,
      pauseStatusIds: z.array(id).max(50),
      endStatusIds: z.array(id).max(50),
      warnPercents: z.array(z.int().min(1).max(99)).max(10),
      escalateMinutes: minutes.nullable(),
      position: z.int(),
      active: z.boolean(),
    }),
    z.object({ id }),
  ),
  saveCalendar: command(
    z.strictObject({
      id: id.nullable(),
      key,
      name,
      nameEn: name,
      zone,
      aroundTheClock: z.boolean(),
      week,
      holidays: z.boolean(),
      position: z.int(),
      active: z.boolean(),
    }),
    z.object({ id }),
  ),
  /** `kind` null: back to what its weekday says. */
  saveDays: command(
    z.strictObject({
      days: z
        .array(calendarDay.extend({ kind: calendarDay.shape.kind.nullable() }))
        .min(1)
        .max(366),
    }),
    done,
  ),
  /** Empty: the desk's own. */
  saveRegionZone: command(z.strictObject({ id, zone }), done),
  /** Where a clock begun at a moment would end, by a calendar that need not be saved. */
  tryOut: query(
    z.strictObject({
      zone,
      aroundTheClock: z.boolean(),
      week,
      holidays: z.boolean(),
      /** As a clock on the wall shows it: YYYY-MM-DDTHH:MM. */
      from: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
      minutes,
    }),
    z.object({ dueAt: time, zone: z.string(), steps: z.array(deadlineStep) }),
  ),
} as const;
