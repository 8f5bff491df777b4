import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { empty, id, savedItem, time, undoable } from './common.ts';

const availabilities = ['available', 'busy', 'off'] as const;
const availability = z.enum(availabilities);
export type Availability = z.infer<typeof availability>;

const skill = z.object({ id, key: z.string(), name: z.string(), nameEn: z.string(), active: z.boolean() });
export type Skill = z.infer<typeof skill>;

const onCallSource = z.enum(['plan', 'override', 'swap']);

/** A stretch of duty as it stands after every override; neighbours from different sources stay apart. */
const onCallWindow = z.object({
  contactId: id,
  from: time,
  to: time,
  source: onCallSource,
  /** What brought it, when the plan did not. */
  overrideId: id.nullable(),
});
export type OnCallWindow = z.infer<typeof onCallWindow>;

const onCallRule = z.object({
  contactId: id,
  /** Bit 0 is Monday. */
  weekdays: z.int().min(1).max(127),
  startsMinute: z.int().min(0).max(1439),
  /** Not after the start means the next day; equal means 24 hours. */
  endsMinute: z.int().min(0).max(1439),
  zone: z.string().max(64),
});
export type OnCallRule = z.infer<typeof onCallRule>;

const onCallOverride = z.object({
  id,
  contactId: id,
  onDuty: z.boolean(),
  fromAt: time,
  toAt: time,
  /** Of a swap: whose duty this is. */
  insteadOfId: id.nullable(),
  /** Both halves of a swap carry the same. */
  swap: z.string().nullable(),
  reason: z.string(),
  createdBy: id.nullable(),
  createdAt: time,
});
export type OnCallOverride = z.infer<typeof onCallOverride>;

const technician = z.object({
  contactId: id,
  name: z.string(),
  organisation: z.string(),
  phone: z.string(),
  active: z.boolean(),
  skillIds: z.array(id),
  /** Empty is everywhere. */
  regionIds: z.array(id),
  /** As it stands now: past `availableUntil` it is 'available' again. */
  availability,
  availableUntil: time.nullable(),
  mostCalls: z.int(),
  /** Calls that are with them and not ended. */
  load: z.int(),
  /** Has a plan or an override to come; without either nothing is known of their duty. */
  planned: z.boolean(),
  onCall: z.boolean(),
  /** null, too, when its end is further than a week. */
  onCallUntil: time.nullable(),
  nextOnCallAt: time.nullable(),
});
export type Technician = z.infer<typeof technician>;

/** What a choice was made by; kept with the turn of a call so that it can be explained later. */
export const suggestionReasons = z.object({
  duty: z.enum(['on-call', 'unplanned', 'off-call']),
  /** null, too, when its end is further than a day and a half. */
  onCallUntil: time.nullable(),
  region: z.enum(['own', 'everywhere', 'not-asked', 'other']),
  skill: z.enum(['has', 'not-asked', 'lacks']),
  load: z.int(),
  mostCalls: z.int(),
  availability,
  lastAskedAt: time.nullable(),
});
export type SuggestionReasons = z.infer<typeof suggestionReasons>;

const suggestion = z.object({
  contactId: id,
  name: z.string(),
  organisation: z.string(),
  phone: z.string(),
  /** Nothing speaks against it: a call may go on to them by itself. The others only a person chooses. */
  fits: z.boolean(),
  reasons: suggestionReasons,
});
export type Suggestion = z.infer<typeof suggestion>;

const span = z.strictObject({ from: time, to: time });
const reason = z.string().trim().max(300);

/** Who repairs in the field, what they can, where, and who of them is on call. */
export const techniciansContract = {
  list: query(
    empty,
    z.object({ technicians: z.array(technician), skills: z.array(skill), zone: z.string() }),
  ),
  /** Best first; the first that fits is whom the desk proposes. */
  suggest: query(
    z.strictObject({
      regionId: id.nullable(),
      skillId: id.nullable(),
      exclude: z.array(id).max(200).default([]),
    }),
    z.object({ suggestions: z.array(suggestion) }),
  ),
  /** Of a contact of the kind 'technician'. */
  save: command(
    z.strictObject({
      contactId: id,
      skillIds: z.array(id).max(50),
      regionIds: z.array(id).max(100),
      availability,
      availableUntil: time.nullable(),
      mostCalls: z.int().min(1).max(50),
    }),
    undoable,
  ),
  saveSkill: command(
    z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(100),
      nameEn: z.string().trim().max(100),
      active: z.boolean(),
    }),
    savedItem,
  ),
  /** The plan, and duty as it comes out of it with the overrides, within at most 62 days. */
  onCall: query(
    span,
    z.object({
      rules: z.array(onCallRule),
      overrides: z.array(onCallOverride),
      windows: z.array(onCallWindow),
    }),
  ),
  /** Throws `invalid-input` (reason `zone-unknown`). */
  saveRules: command(
    z.strictObject({ contactId: id, rules: z.array(onCallRule.omit({ contactId: true })).max(20) }),
    undoable,
  ),
  /** Stronger than the plan and than earlier overrides. */
  addOverride: command(
    z.strictObject({ contactId: id, onDuty: z.boolean(), from: time, to: time, reason }),
    savedItem,
  ),
  /** `withId` stands in for `contactId`; with `back` the other way round then. */
  swap: command(
    z.strictObject({ contactId: id, withId: id, from: time, to: time, back: span.nullable(), reason }),
    savedItem,
  ),
  /** Of a swap both halves. */
  removeOverride: command(z.strictObject({ id }), undoable),
} as const;
