import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccountStore } from '../../src/core/db/account-store.ts';
import { openDb, type Db } from '../../src/core/db/open.ts';
import { createRawStore } from '../../src/core/db/raw-store.ts';
import { createIntake, type Intake } from '../../src/core/intake/intake.ts';
import type { IntakeEvents } from '../../src/core/intake/parts.ts';
import { createJournal } from '../../src/core/journal/journal.ts';
import { createAccounts } from '../../src/core/mail/accounts.ts';
import { createIngest } from '../../src/core/mail/ingest.ts';
import { createMailService } from '../../src/core/mail/mail-service.ts';
import {
  loginLimits,
  mailTiming,
  type LoginLimits,
  type MailTiming,
} from '../../src/core/mail/mail-timing.ts';
import { createParsePool } from '../../src/core/mail/parse-pool.ts';
import { createQuarantine } from '../../src/core/mail/quarantine.ts';
import { createRawFiles } from '../../src/core/mail/raw-files.ts';
import { createRawIntake } from '../../src/core/mail/raw-intake.ts';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import { systemClock, type Clock } from '../../src/core/platform/clock.ts';
import type { InboundMessage } from '../../src/core/platform/inbound-message.ts';
import { silentLogger, type Logger } from '../../src/core/platform/logger.ts';
import { systemRandom } from '../../src/core/platform/random.ts';
import type { AccountSettings } from '../../src/shared/contract/letters.ts';
import { createFakeDesk } from '../support/fake-incident-desk.ts';

export type RigOptions = {
  readonly dataDir?: string;
  readonly timing?: Partial<MailTiming>;
  readonly limits?: Partial<LoginLimits>;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly mayStore?: () => boolean;
  readonly cursorMoves?: 'with-rows' | 'apart';
  readonly onNotice?: IntakeEvents['onNotice'];
  /** Called before each letter is taken; may throw. */
  readonly beforeAccept?: (message: InboundMessage) => void;
};

export type MailRig = ReturnType<typeof startRig>;

/** Seconds instead of minutes, everything else as in production. */
const quick = {
  connect: 3000,
  command: 1500,
  noop: 1000,
  probe: 1000,
  idle: 4000,
  backoffFirst: 50,
  backoffMax: 500,
  useful: 60_000,
  sentConnectionAfter: 300,
  diskRetry: 100,
};

/** The mail side of a desk on a real database, a real parser and the real intake; incidents are fakes that listen. */
export function startRig(options: RigOptions = {}) {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLogger;
  const root = options.dataDir ?? mkdtempSync(join(tmpdir(), 'pult-mail-'));
  const dirs = createDataDir(root);
  mkdirSync(dirs.tmp, { recursive: true });
  const db = openDb({ file: dirs.db, clock, log });
  const journal = createJournal({ db, clock, random: systemRandom, workstation: 'rig' });
  const raw = createRawStore(db);
  const store = createAccountStore(db);
  const secretBox = { kind: 'memory' as const, seal: (plain: string) => `sealed:${plain}`, open: unseal };
  let names = 0;
  const files = createRawFiles({ dirs, clock, uniqueName: () => `${process.pid}-${(names += 1)}` });
  const pool = createParsePool({
    workerPath: join(import.meta.dirname, '../../src/core/mail/parse-worker.ts'),
    attachmentsDir: dirs.attachments,
    clock,
    log,
  });
  const realIntake = createIntake({
    db,
    desk: createFakeDesk(db, {}),
    journal,
    random: systemRandom,
    clock,
    log,
    onBounce: () => undefined,
    onNotice: options.onNotice ?? (() => undefined),
    onOwnLetterSeen: () => undefined,
  });
  const accepted = createRecorder(db, realIntake, options.beforeAccept);
  const ingest = createIngest({
    db,
    raw,
    files,
    pool,
    intake: accepted,
    journal,
    clock,
    random: systemRandom,
    log,
  });
  const accounts = createAccounts({
    db,
    accounts: store,
    raw,
    journal,
    secretBox,
    clock,
    random: systemRandom,
    tokens: { keep: () => undefined, forget: () => undefined },
  });
  const secrets = { of: (id: number) => Promise.resolve({ password: accounts.password(id) }) };
  const intake = createRawIntake({
    db,
    raw,
    files,
    clock,
    journal,
    mayStore: options.mayStore ?? (() => true),
    onStored: ingest.wake,
    cursorMoves: options.cursorMoves,
  });
  const mail = createMailService({
    db,
    accounts: store,
    raw,
    intake,
    files,
    journal,
    secrets,
    clock,
    random: systemRandom,
    log,
    timing: { ...mailTiming, ...quick, ...options.timing },
    copies: { place: async () => false },
    limits: { ...loginLimits, spacing: [0], ...options.limits },
    halt: accounts.halt,
  });
  const quarantine = createQuarantine({
    db,
    raw,
    files,
    intake: accepted,
    journal,
    attachmentsDir: dirs.attachments,
    onRetry: ingest.wake,
  });
  const life = new AbortController();

  return {
    db,
    raw,
    store,
    accounts,
    mail,
    ingest,
    intake,
    secrets,
    quarantine,
    journal,
    root,
    /** What intake was given, one per letter. */
    messages: accepted.messages,
    /** Letters that were copies of one already there. */
    copies: accepted.copies,
    async start() {
      await pool.start();
      await ingest.start(life.signal);
      await mail.start(life.signal);
    },
    health: (id = 1) => mail.mailboxes().find(({ accountId }) => accountId === id)?.health,
    logins: (id = 1) => store.loginsSince(id, 0).all.length,
    async stop({ keep = false } = {}) {
      await mail.stop();
      await ingest.stop();
      await pool.stop();
      db.close();
      if (!keep) rmSync(root, { recursive: true, force: true });
    },
  };
}

export function settingsFor(
  server: { readonly host: string; readonly port: number },
  changes: Partial<AccountSettings> = {},
): AccountSettings {
  return {
    preset: 'custom',
    name: 'Desk',
    address: 'desk@towers.example',
    displayName: '',
    imap: { ...server, security: 'none' },
    smtp: { host: server.host, port: 25, security: 'none' },
    userName: 'desk',
    auth: 'password',
    caCertificate: null,
    sentCopy: 'append',
    sentPath: null,
    signature: '',
    enabled: true,
    ...changes,
  };
}

export function letter(subject: string, extra: Partial<Record<string, string>> = {}): string {
  const headers = {
    From: 'Engineer <engineer@operator.example>',
    To: 'desk@towers.example',
    Subject: subject,
    'Message-ID': `<${subject.replaceAll(/[^a-z0-9]+/gi, '-')}@operator.example>`,
    Date: 'Wed, 04 Nov 2026 09:00:00 +0300',
    'Content-Type': 'text/plain; charset=utf-8',
    ...extra,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...head, '', `Station is down: ${subject}`, ''].join('\r\n');
}

function unseal(sealed: string): string {
  return sealed.slice('sealed:'.length);
}

/** The real intake, with a note of what it was given once that is committed. */
function createRecorder(db: Db, intake: Pick<Intake, 'accept'>, before: RigOptions['beforeAccept']) {
  const messages: (InboundMessage & { readonly mayOpen: boolean })[] = [];
  const copies: InboundMessage[] = [];
  return {
    messages,
    copies,
    accept(message: InboundMessage, { mayOpen }: { readonly mayOpen: boolean }) {
      before?.(message);
      const accepted = intake.accept(message, { mayOpen });
      db.afterCommit(() => {
        if (accepted.duplicate) copies.push(message);
        else messages.push({ ...message, mayOpen });
      });
      return accepted;
    },
  };
}
