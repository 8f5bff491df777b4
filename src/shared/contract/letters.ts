import { z } from 'zod';
import { messageChannels } from '../domain/channels.ts';
import { command, query, task } from '../rpc/define.ts';
import { address, done, empty, file, id, time, undoable } from './common.ts';
import { messageView, outboxStates } from './incidents.ts';
import { oauthProviders } from './oauth.ts';

export const recipients = z.object({
  to: z.array(address).max(200),
  cc: z.array(address).max(200),
  bcc: z.array(address).max(200),
});
export type Recipients = z.infer<typeof recipients>;

export const draft = z.object({
  id,
  incidentId: id.nullable(),
  mode: z.enum(['reply', 'reply-all', 'forward', 'new']),
  sourceId: id.nullable(),
  accountId: id.nullable(),
  recipients,
  subject: z.string().max(500),
  body: z.string().max(200_000),
  attachments: z.array(file).max(50),
  templateKey: z.string().nullable(),
  updatedAt: time,
});
export type Draft = z.infer<typeof draft>;

export const draftsContract = {
  list: query(empty, z.object({ drafts: z.array(draft) })),
  /** The person's draft in this incident, if there is one. */
  forIncident: query(z.strictObject({ incidentId: id }), z.object({ draft: draft.nullable() })),
  /** Makes a draft with recipients, subject (code included), signature and quoted letter filled in. */
  begin: command(
    z.strictObject({
      incidentId: id.nullable(),
      mode: z.enum(['reply', 'reply-all', 'forward', 'new']),
      sourceId: id.nullable().default(null),
      templateKey: z.string().nullable().default(null),
    }),
    z.object({ draft }),
  ),
  /** As typed. */
  save: command(
    z.strictObject({
      id,
      recipients: recipients.optional(),
      subject: z.string().max(500).optional(),
      body: z.string().max(200_000).optional(),
      attachments: z.array(file).max(50).optional(),
      accountId: id.optional(),
    }),
    z.object({ updatedAt: time }),
  ),
  discard: command(z.strictObject({ id }), done),
  completeAddress: query(
    z.strictObject({ text: z.string().max(100) }),
    z.object({ addresses: z.array(address) }),
  ),
} as const;

export const outboxRow = z.object({
  id,
  messageId: id,
  incidentId: id.nullable(),
  code: z.string(),
  channel: z.enum(messageChannels),
  /** Of the channel: a mailbox or a Telegram account. */
  accountId: id,
  /** Where a chat message goes. */
  chat: z.object({ id, title: z.string() }).nullable(),
  to: z.array(address),
  subject: z.string(),
  state: z.enum(outboxStates),
  notBefore: time,
  createdAt: time,
  createdBy: id.nullable(),
  attempts: z.int(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
});
export type OutboxRow = z.infer<typeof outboxRow>;

export const outboxContract = {
  list: query(z.strictObject({ all: z.boolean().default(false) }), z.object({ rows: z.array(outboxRow) })),
  attempts: query(
    z.strictObject({ id }),
    z.object({
      attempts: z.array(
        z.object({
          startedAt: time,
          endedAt: time.nullable(),
          outcome: z.string().nullable(),
          code: z.string().nullable(),
          detail: z.string().nullable(),
        }),
      ),
    }),
  ),
  /**
   * Turns a draft into a queued letter that may still be taken back for ten seconds. Refused with `conflict`
   * (reason `colleague-answered`, details personId and at) when somebody answered the incident within the last minute, unless `force`.
   */
  send: command(
    z.strictObject({ draftId: id, force: z.boolean().default(false) }),
    z.object({ outboxId: id, notBefore: time, message: messageView }),
  ),
  /** Takes back what has not left: a letter is a draft again, a chat message (null) is in the field of its chat. */
  takeBack: command(z.strictObject({ id }), z.object({ draftId: id.nullable() })),
  /** For `failed`, and for `unknown` once a person has decided to. */
  sendAgain: command(z.strictObject({ id }), done),
  /** A person looked (in Sent, on the phone) and says it did arrive. */
  settle: command(z.strictObject({ id }), done),
} as const;

export const quarantineRow = z.object({
  rawId: id,
  accountId: id,
  folder: z.enum(['inbox', 'sent']),
  uid: z.int(),
  receivedAt: time,
  size: z.int(),
  reason: z.string(),
  /** What could be read of it without parsing: at most 20 header lines. */
  head: z.string(),
  attempts: z.int(),
});
export type QuarantineRow = z.infer<typeof quarantineRow>;

export const quarantineContract = {
  list: query(empty, z.object({ rows: z.array(quarantineRow) })),
  retry: command(z.strictObject({ rawId: id }), done),
  /** Opens an incident with the headers and the raw file attached. */
  open: task(z.strictObject({ rawId: id }), z.object({ incidentId: id })),
  release: command(z.strictObject({ rawId: id }), undoable),
} as const;

const security = z.enum(['tls', 'starttls', 'none']);
const host = z.string().trim().min(1).max(255);
const port = z.int().min(1).max(65535);

export const accountSettings = z.strictObject({
  preset: z.string().max(40),
  name: z.string().trim().min(1).max(120),
  address: z.email(),
  displayName: z.string().trim().max(120),
  imap: z.strictObject({ host, port, security }),
  smtp: z.strictObject({ host, port, security }),
  userName: z.string().trim().min(1).max(320),
  /** How the server lets Pult in: by a password, or by a token of the provider the person signed in with. */
  auth: z.enum(['password', 'oauth']).default('password'),
  caCertificate: z.string().max(100_000).nullable().default(null),
  sentCopy: z.enum(['append', 'provider']),
  sentPath: z.string().max(300).nullable().default(null),
  signature: z.string().max(4000),
  enabled: z.boolean(),
});
export type AccountSettings = z.infer<typeof accountSettings>;

export const account = accountSettings.extend({ id, opensFrom: time, haltedReason: z.string().nullable() });
export type Account = z.infer<typeof account>;

export const accountPreset = z.object({
  key: z.string(),
  title: z.string(),
  domains: z.array(z.string()),
  imap: z.object({ host: z.string(), port: z.int(), security }),
  smtp: z.object({ host: z.string(), port: z.int(), security }),
  sentCopy: z.enum(['append', 'provider']),
  /** i18n key of what the person must do first, such as making an app password. */
  hint: z.string().nullable(),
  /** Who signs a person in there, and whether that is the only way. */
  oauth: z.object({ provider: z.enum(oauthProviders), required: z.boolean(), codes: z.boolean() }).nullable(),
});
export type AccountPreset = z.infer<typeof accountPreset>;

const testOutcome = z.object({
  ok: z.boolean(),
  /** i18n key under `accountTest.`, such as `password-refused`, `app-password-required`, `imap-disabled`, `host-not-found`. */
  reason: z.string().nullable(),
  detail: z.string().nullable(),
});

export const accountsContract = {
  list: query(empty, z.object({ accounts: z.array(account), presets: z.array(accountPreset) })),
  test: task(
    z.strictObject({
      settings: accountSettings,
      /** null takes the stored one of `id`. */ password: z.string().max(500).nullable(),
      id: id.nullable().default(null),
      /** A finished signing in, instead of a password. */
      signInId: z.string().max(60).nullable().default(null),
    }),
    z.object({
      imap: testOutcome,
      smtp: testOutcome,
      folders: z.object({ inbox: z.int(), sentPath: z.string().nullable() }).nullable(),
    }),
  ),
  save: task(
    z.strictObject({
      id: id.nullable().default(null),
      settings: accountSettings,
      password: z.string().max(500).nullable(),
      /** A finished signing in, which the mailbox takes over. */
      signInId: z.string().max(60).nullable().default(null),
      /** From when letters open incidents; only for a new account. */
      opensFrom: time.nullable().default(null),
    }),
    z.object({ id }),
  ),
  /** Connects again at once: after a mended password, or because somebody presses "check mail now". */
  checkNow: task(z.strictObject({ id: id.nullable().default(null) }), done),
  remove: command(z.strictObject({ id }), done),
} as const;
