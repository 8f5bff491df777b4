import { z } from 'zod';
import { command, query, stream, task } from '../rpc/define.ts';
import { done, empty, id, time } from './common.ts';

/** A wait Telegram asked for; other calls go on meanwhile. */
const floodPause = z.object({ method: z.string(), until: time });

export const telegramAccount = z.object({
  id,
  name: z.string(),
  username: z.string().nullable(),
  /** As `+7 ••• •••-••-12`: the number itself never leaves the sealed session. */
  phoneMask: z.string(),
  state: z.enum(['starting', 'ready', 'reconnecting', 'signed-out']),
  /** One of `telegramTroubles`, or null. */
  reason: z.string().nullable(),
  signedInAt: time,
  pauses: z.array(floodPause),
});
export type TelegramAccount = z.infer<typeof telegramAccount>;

export const codeVia = z.enum(['app', 'sms', 'call', 'flash-call', 'missed-call', 'email', 'fragment']);

/** Where the one sign-in of this desk stands; every page sees the same. */
export const signInState = z.discriminatedUnion('step', [
  /** `waitUntil`: too many tries; until then none is begun. */
  z.object({ step: z.literal('idle'), waitUntil: time.nullable() }),
  z.object({ step: z.literal('connecting'), since: time }),
  z.object({ step: z.literal('qr'), url: z.string(), expiresAt: time }),
  z.object({
    step: z.literal('code'),
    phoneMask: z.string(),
    via: codeVia,
    length: z.int().nullable(),
    nextVia: codeVia.nullable(),
    resendAt: time.nullable(),
    error: z.string().nullable(),
    /** Telegram asked to wait before the next try. */
    waitUntil: time.nullable(),
  }),
  z.object({
    step: z.literal('password'),
    hint: z.string().nullable(),
    error: z.string().nullable(),
    waitUntil: time.nullable(),
  }),
  z.object({ step: z.literal('signed-in'), accountId: id }),
  /** `reason` is one of `telegramTroubles`. */
  z.object({ step: z.literal('failed'), reason: z.string(), retryAt: time.nullable() }),
]);
export type SignInState = z.infer<typeof signInState>;

export const loginAttempt = z.object({
  id,
  at: time,
  kind: z.enum(['qr', 'phone', 'resend', 'code', 'password', 'log-out', 'reset', 'api']),
  /** `ok`, or one of `telegramTroubles`, or `cancelled`. */
  result: z.string(),
  actorId: id.nullable(),
});
export type LoginAttempt = z.infer<typeof loginAttempt>;

/** As my.telegram.org gives them. */
export const telegramApi = z.strictObject({
  apiId: z.int().min(1).max(2_147_483_647),
  apiHash: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{32}$/i),
});

export const telegramContract = {
  overview: query(
    empty,
    z.object({
      /** null until a person entered the application's id and hash from my.telegram.org. */
      apiId: z.int().nullable(),
      accounts: z.array(telegramAccount),
      /** The demo's own servers: the page offers a phone that scans. */
      demo: z.boolean(),
    }),
  ),
  /** Asks Telegram whether it knows them. Fails with `api-refused`, or with a network trouble and `force` to keep them all the same. */
  saveApi: task(telegramApi.extend({ force: z.boolean().default(false) }), done),
  signIn: stream(empty, signInState),
  /** `understood`: the person has read what signing in by another program means for the account. */
  beginQr: task(z.strictObject({ understood: z.literal(true) }), done),
  beginPhone: task(
    z.strictObject({ understood: z.literal(true), phone: z.string().trim().min(5).max(30) }),
    done,
  ),
  resendCode: task(empty, done),
  submitCode: task(z.strictObject({ code: z.string().trim().min(1).max(20) }), done),
  submitPassword: task(z.strictObject({ password: z.string().min(1).max(256) }), done),
  cancelSignIn: task(empty, done),
  /** `ended` is false when Telegram could not be told: the person must end the session on the phone. */
  logOut: task(z.strictObject({ accountId: id }), z.object({ ended: z.boolean() })),
  /** Forgets the session at once, whatever the network does. */
  reset: task(z.strictObject({ accountId: id }), done),
  /** A signed-out account goes from the list; its chats stay with the incidents they belong to. */
  remove: command(z.strictObject({ accountId: id }), done),
  session: query(
    z.strictObject({ accountId: id }),
    z.object({
      userId: z.string(),
      name: z.string(),
      username: z.string().nullable(),
      about: z.string().nullable(),
      phoneMask: z.string(),
      signedInAt: time,
      lastUpdateAt: time.nullable(),
      device: z.string(),
      /** How the session is sealed on this workstation. */
      secretStore: z.enum(['system', 'keyring', 'file', 'memory']),
      engine: z.string(),
    }),
  ),
  attempts: query(empty, z.object({ attempts: z.array(loginAttempt) })),
  /** The demo's phone: it "scans" the QR on the page. Answers `denied` where the desk is real. */
  demoScan: task(empty, done),
} as const;
