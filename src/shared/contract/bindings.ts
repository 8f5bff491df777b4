import { z } from 'zod';
import { reachChannels } from '../domain/reaching.ts';
import { command, query, task } from '../rpc/define.ts';
import { id, time, undoable } from './common.ts';

/** Somebody outside of the desk, or at it. */
const party = z.strictObject({ kind: z.enum(['contact', 'person']), id });

const binding = z.object({
  id,
  routeId: id,
  route: z.string(),
  channel: z.enum(reachChannels),
  /** As the messenger names them. */
  title: z.string(),
  boundAt: time,
  /** They shut the bot out; a word of theirs opens it again. */
  blockedAt: time.nullable(),
});
export type BindingView = z.infer<typeof binding>;

/** A bot that people can be bound to. */
const bot = z.object({ id, name: z.string(), channel: z.enum(reachChannels) });
export type BotView = z.infer<typeof bot>;

const link = z.object({ url: z.url(), expiresAt: time });
export type BindingLink = z.infer<typeof link>;

/** Who somebody is in a messenger: learnt once, when they come by a link that is good for a short while. */
export const bindingsContract = {
  /** The newest first, and the bots that are switched on. */
  list: query(z.strictObject({ party }), z.object({ bindings: z.array(binding), bots: z.array(bot) })),
  /**
   * The one before is good no longer. Fails with `not-found`, `conflict` (reason `route-not-set-up`), or as the bot's
   * service does when its name has still to be asked. No command: what commands answer is kept, and a link must not be.
   */
  createLink: task(z.strictObject({ party, routeId: id }), link),
  unbind: command(z.strictObject({ id }), undoable),
} as const;
