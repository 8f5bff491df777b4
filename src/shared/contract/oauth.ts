import { z } from 'zod';
import { command, query, task } from '../rpc/define.ts';
import { done, empty, id, time } from './common.ts';

export const oauthProviders = ['google', 'microsoft'] as const;
export type OauthProvider = (typeof oauthProviders)[number];

const provider = z.enum(oauthProviders);

/** How far signing in has come. */
export const signIn = z.object({
  id: z.string(),
  provider,
  flow: z.enum(['browser', 'code']),
  state: z.enum(['waiting', 'done', 'failed']),
  /** Where the person signs in: opened by itself for `browser`, to be opened anywhere for `code`. */
  url: z.string(),
  /** What is entered there. */
  userCode: z.string().nullable(),
  expiresAt: time,
  /** i18n key under `oauthTrouble.` when it failed. */
  reason: z.string().nullable(),
});
export type SignInView = z.infer<typeof signIn>;

export const oauthClientView = z.object({
  provider,
  clientId: z.string(),
  hasSecret: z.boolean(),
  tenant: z.string(),
});
export type OauthClientView = z.infer<typeof oauthClientView>;

/** Signing a mailbox in without its password. */
export const oauthContract = {
  clients: query(empty, z.object({ clients: z.array(oauthClientView) })),
  saveClient: command(
    z.strictObject({
      provider,
      clientId: z.string().trim().max(300),
      /** null keeps the one there is; an empty one takes it away. */
      secret: z.string().trim().max(500).nullable(),
      tenant: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9.-]{0,100}$/),
    }),
    done,
  ),
  /** For a mailbox there is, the token goes to it when the person has signed in; for a new one it waits for `accounts.save`. */
  begin: task(
    z.strictObject({
      provider,
      flow: z.enum(['browser', 'code']),
      accountId: id.nullable(),
      /** Offered to the provider as the name to sign in with. */
      address: z.string().max(320),
    }),
    z.object({ signIn }),
  ),
  state: query(z.strictObject({ id: z.string().max(60) }), z.object({ signIn: signIn.nullable() })),
  cancel: command(z.strictObject({ id: z.string().max(60) }), done),
} as const;
