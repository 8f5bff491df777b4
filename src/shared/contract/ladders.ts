import { z } from 'zod';
import { mostPreviewed, reachChannels, stepProblems, urgencies } from '../domain/reaching.ts';
import { command, query } from '../rpc/define.ts';
import { empty, furtherAddress, id, savedItem, time, undoable } from './common.ts';

/** Somebody who can be reached: outside of the desk, or at it. */
export const party = z.strictObject({ kind: z.enum(['contact', 'person']), id });

const receipt = z.enum(['accepted', 'delivered', 'read', 'acknowledged']);

export const ladderStep = z.strictObject({
  channel: z.enum(reachChannels),
  /** '' takes the first living address of the channel. */
  address: z.string().trim().max(320),
  waitFor: receipt,
  waitSeconds: z.int().min(5).max(86_400),
  /** Further tries when nothing has left. */
  retries: z.int().min(0).max(10),
});
export type LadderStep = z.infer<typeof ladderStep>;

export const ladder = z.strictObject({
  urgency: z.enum(urgencies),
  steps: z.array(ladderStep).min(1).max(20),
  /** After its last step it begins again after so long, until somebody acknowledges; null climbs once. */
  repeatMinutes: z.int().min(1).max(1440).nullable(),
  mostRounds: z.int().min(1).max(20),
  /** Who is next when it has ended without success. */
  next: z.strictObject({ kind: z.enum(['contact', 'person', 'group']), id }).nullable(),
});
export type Ladder = z.infer<typeof ladder>;

export const namedLadder = ladder.extend({ nextName: z.string().nullable() });
export type NamedLadder = z.infer<typeof namedLadder>;

const minuteOfDay = z.int().min(0).max(1439);

export const reachLimit = z.strictObject({
  /** Minutes of the local day; both or none. */
  quietFrom: minuteOfDay.nullable(),
  quietTo: minuteOfDay.nullable(),
  /** '' is the desk's. */
  zone: z.string().max(60),
  /** Critical ones always go. */
  hourlyLimit: z.int().min(1).max(1000).nullable(),
});
export type ReachLimit = z.infer<typeof reachLimit>;

export const notifyGroup = z.object({
  id,
  name: z.string(),
  active: z.boolean(),
  /** In the order in which they are tried. */
  members: z.array(party.extend({ name: z.string() })),
});
export type NotifyGroup = z.infer<typeof notifyGroup>;

const addressKinds = furtherAddress.shape.kind;
const addressRef = z.strictObject({ kind: addressKinds, value: z.string().trim().min(1).max(320) });

/** What is known of an address, whoever it belongs to. */
export const addressState = addressRef.extend({
  verifiedAt: time.nullable(),
  deadAt: time.nullable(),
  /** As the route or the mail server said it. */
  deadBecause: z.string().nullable(),
  /** A code was sent there and may be said back until then. */
  codeUntil: time.nullable(),
});
export type AddressState = z.infer<typeof addressState>;

export const previewStep = ladderStep.extend({
  /** Where it would go; null when there is nowhere. */
  to: z.string().nullable(),
  /** Whose address it is in words, such as the name in a messenger; '' where `to` says it all. */
  toName: z.string(),
  /** The route that would take it first, and how many could after it. */
  route: z.string().nullable(),
  furtherRoutes: z.int(),
  /** Why nothing would leave at this step; it is passed over. */
  problem: z.enum(stepProblems).nullable(),
  /** No route of it can tell what the step waits for: it passes on when the time is over. */
  neverTold: z.boolean(),
});
export type PreviewStep = z.infer<typeof previewStep>;

const ladderOwner = party.extend({ name: z.string(), urgencies: z.array(z.enum(urgencies)) });
export type LadderOwnerView = z.infer<typeof ladderOwner>;

export const laddersContract = {
  /** Whom everybody's ladder is not for, by name. */
  owners: query(empty, z.object({ owners: z.array(ladderOwner) })),
  /** Ladders of somebody, or of everybody who has none of their own (null). */
  of: query(
    z.strictObject({ owner: party.nullable() }),
    z.object({
      /** Of somebody only the ones that are their own. */
      ladders: z.array(namedLadder),
      /** What stands where they have none: one for each urgency. */
      defaults: z.array(namedLadder),
      limit: reachLimit,
      /** In the order they are tried; of everybody there are none. */
      addresses: z.array(addressState),
      /** What the routes of a channel that are switched on can tell; a channel without any is left out. */
      receipts: z.partialRecord(z.enum(reachChannels), z.array(receipt)),
    }),
  ),
  save: command(z.strictObject({ owner: party.nullable(), ladder }), undoable),
  /** Back to everybody's. */
  remove: command(z.strictObject({ owner: party, urgency: z.enum(urgencies) }), undoable),
  saveLimit: command(z.strictObject({ owner: party, limit: reachLimit }), undoable),
  /** What would happen if they were notified now. */
  preview: query(
    z.strictObject({ to: z.array(party).min(1).max(mostPreviewed), urgency: z.enum(urgencies) }),
    z.object({
      parties: z.array(
        z.object({
          party,
          name: z.string(),
          steps: z.array(previewStep),
          repeatMinutes: z.int().nullable(),
          mostRounds: z.int(),
          /** Who is next when all of it fails; null leaves it to the dispatcher. */
          nextName: z.string().nullable(),
          /** Held back until then: quiet hours. */
          heldUntil: time.nullable(),
        }),
      ),
    }),
  ),
  /** Whoever can be chosen: by words of the name, the firm or an address; '' is the first of them. */
  parties: query(
    z.strictObject({ text: z.string().max(120), limit: z.int().min(1).max(200) }),
    z.object({ parties: z.array(party.extend({ name: z.string(), detail: z.string() })) }),
  ),
  groups: query(empty, z.object({ groups: z.array(notifyGroup) })),
  saveGroup: command(
    z.strictObject({
      id: id.nullable(),
      name: z.string().trim().min(1).max(120),
      active: z.boolean(),
      members: z.array(party).max(200),
    }),
    savedItem,
  ),
  /** In the order they were asked; an address that nothing is known of has only nulls. */
  addressStates: query(
    z.strictObject({ addresses: z.array(addressRef).max(100) }),
    z.object({ states: z.array(addressState) }),
  ),
  /** Sends a code there over the channel of its kind; whoever reads it says it to the dispatcher. */
  sendCode: command(z.strictObject({ owner: party, address: addressRef }), z.object({ codeUntil: time })),
  /** What the person said. Wrong ones are counted, so it never throws for them. */
  confirmCode: command(
    z.strictObject({ address: addressRef, code: z.string().trim().max(20) }),
    z.object({
      outcome: z.enum(['verified', 'wrong', 'expired', 'too-many']),
      triesLeft: z.int(),
    }),
  ),
  /** Nothing goes there until it is put right, or it lives again. */
  setDead: command(z.strictObject({ address: addressRef, dead: z.boolean() }), undoable),
} as const;
