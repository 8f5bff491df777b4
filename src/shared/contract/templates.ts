import { z } from 'zod';
import { addressOrigins, audiences, requirements } from '../domain/letter-parties.ts';
import { command, query } from '../rpc/define.ts';
import { address, done, id } from './common.ts';

const name = z.string().trim().min(1).max(120);

const written = {
  name,
  nameEn: name,
  subject: z.string().max(300),
  body: z.string().max(20_000),
  audience: z.enum(audiences),
  /** `first` answers the letter that opened the incident, `own` begins a thread beside it. */
  thread: z.enum(['first', 'own']),
  requires: z.array(z.enum(requirements)).max(10),
  /** Where the incident stands while the letter is on its way, when it has left, and when it cannot. */
  duringStatusId: id.nullable(),
  afterStatusId: id.nullable(),
  failedStatusId: id.nullable(),
  /** Key of the clock of the work it begins; empty begins none. */
  beginsWork: z.string().max(60),
  beginsFrom: z.enum(['registered', 'now']),
  endsWorks: z.boolean(),
  armsAutoClose: z.boolean(),
} as const;

export const template = z.object({
  ...written,
  id,
  key: z.string(),
  position: z.int(),
  /** Sent by Pult itself, never by a dispatcher. */
  automatic: z.boolean(),
});
export type Template = z.infer<typeof template>;

const fact = z.object({
  /** As it stands between the braces. */
  key: z.string(),
  /** For a clock that an administrator named: its own name. */
  label: z.string().nullable(),
  value: z.string(),
});
export type LetterFact = z.infer<typeof fact>;

const origin = z.object({
  address: z.string(),
  from: z.enum(addressOrigins),
  /** Whose address it is: the asset's code, the contractor's or the region's name. */
  of: z.string(),
});
export type AddressSource = z.infer<typeof origin>;

/** What keeps a letter from having an address, and where it is entered. */
export const missingAddress = z.object({
  what: z.enum(['applicant', 'asset', 'contractor', 'contractor-email', 'region', 'region-email', 'engaged']),
  name: z.string(),
  assetId: id.nullable(),
  contactId: id.nullable(),
});
export type MissingAddress = z.infer<typeof missingAddress>;

export const letterAbout = z.object({
  origins: z.array(origin),
  missing: missingAddress.nullable(),
  unmet: z.array(z.enum(requirements)),
  /** Set when the workflow does not lead from here to where the letter would take the incident. */
  statusStays: z.boolean(),
  /** One letter for each of these threads. */
  threads: z.array(z.object({ party: z.enum(audiences), addresses: z.array(z.string()) })),
});
export type LetterAbout = z.infer<typeof letterAbout>;

export const templatesContract = {
  /** Without an id a new one; the order of all is `order`'s. */
  save: command(
    z.strictObject({ id: id.nullable(), ...written }),
    z.object({ id, undo: z.int().nullable() }),
  ),
  /** Letters and drafts written with it stay. */
  remove: command(z.strictObject({ id }), z.object({ undo: z.int().nullable() })),
  order: command(z.strictObject({ ids: z.array(id).max(200) }), done),
  /** What a template may name, with the words of the incident of that code; an empty one is the newest. */
  facts: query(
    z.strictObject({ code: z.string().max(60) }),
    z.object({
      incident: z.object({ id, code: z.string(), title: z.string() }).nullable(),
      facts: z.array(fact),
    }),
  ),
  /** How the letter looks with this incident's facts, and to whom it would go. */
  preview: query(
    z.strictObject({
      incidentId: id,
      subject: z.string().max(300),
      body: z.string().max(20_000),
      audience: z.enum(audiences),
      thread: z.enum(['first', 'own']),
    }),
    z.object({
      subject: z.string(),
      body: z.string(),
      to: z.array(address),
      cc: z.array(address),
      unknown: z.array(z.string()),
    }),
  ),
  /** What the writer of a letter from this template should know while it is written. */
  about: query(z.strictObject({ incidentId: id, key: z.string().max(60) }), letterAbout),
} as const;
