import { uuidv7 } from '../shared/ids.ts';
import type { Stores } from './compose-stores.ts';
import type { DiskGuard } from './keeping/disk-guard.ts';
import { answerLateLetter } from './letters/answer-late-letter.ts';
import { letterBounced, createLetterOutcomes, ownLetterSeen } from './letters/letter-outcomes.ts';
import type { LetterParts } from './letters/parts.ts';
import { createIncidentDesk } from './incidents/create-incident-desk.ts';
import { createIntake } from './intake/intake.ts';
import type { IntakeEvents } from './intake/parts.ts';
import { createAccounts } from './mail/accounts.ts';
import { createIngest } from './mail/ingest.ts';
import { createNoticeMail } from './mail/notice-mail.ts';
import { createMailService } from './mail/mail-service.ts';
import { createMailboxCensus } from './mail/mailbox-census.ts';
import { createAccountSecrets } from './mail/account-secrets.ts';
import { connectAccount } from './mail/connect-account.ts';
import { createOauthClients } from './mail/oauth/oauth-clients.ts';
import { type EndpointsOf, providerEndpoints } from './mail/oauth/providers.ts';
import { createSignIns } from './mail/oauth/sign-in.ts';
import { createTokenKeeper } from './mail/oauth/token-keeper.ts';
import { loginLimits, mailTiming } from './mail/mail-timing.ts';
import { createParsePool } from './mail/parse-pool.ts';
import { createQuarantine } from './mail/quarantine.ts';
import { createRawFiles } from './mail/raw-files.ts';
import { createRawIntake } from './mail/raw-intake.ts';
import { createSentCopies } from './mail/sent-copies.ts';
import { createSmtpChannel } from './mail/smtp-channel.ts';
import type { Channel } from './notify/channel.ts';
import { createOutboxRunner } from './notify/outbox-runner.ts';
import type { Opener, SecretBox } from './platform/capabilities.ts';
import type { DataDir } from './platform/data-dir.ts';
import type { Logger } from './platform/logger.ts';
import type { Service } from './platform/service.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  readonly dataDir: DataDir;
  readonly opener: Opener;
  /** Seals with the desk's own key. */
  readonly deskBox: SecretBox;
  /** Takes what is written into chats. */
  readonly telegram: Channel;
  readonly disk: DiskGuard;
  /** Hears what letters say about notices. */
  readonly onNotice: IntakeEvents['onNotice'];
  readonly log: Logger;
  readonly workerPath: string;
  readonly oauthEndpoints: EndpointsOf | undefined;
  readonly cursorMoves: 'with-rows' | 'apart' | undefined;
};

/** The way of a letter, in and out. */
export function composeMail({
  desk,
  stores,
  dataDir,
  opener,
  deskBox,
  telegram,
  disk,
  onNotice,
  log,
  workerPath,
  oauthEndpoints,
  cursorMoves,
}: Parts) {
  const { db, clock, random, journal } = desk;
  const { raw } = stores;
  const common = { db, clock, random, journal, raw, log };
  const { attachments: attachmentsDir } = dataDir;
  const intake = composeIntake(desk, onNotice, log);
  const { oauth, tokens, secrets } = composeSecrets({ desk, stores, opener, deskBox, log, oauthEndpoints });
  const accounts = createAccounts({ ...common, accounts: stores.accounts, secretBox: deskBox, tokens });
  const uniqueName = () => uuidv7(clock.now(), random.bytes(10));
  const files = createRawFiles({ dirs: dataDir, clock, uniqueName });
  const pool = createParsePool({ workerPath, attachmentsDir, clock, log });
  const ingest = createIngest({ ...common, files, pool, intake });
  const rawIntake = createRawIntake({
    ...common,
    files,
    mayStore: disk.mayStore,
    onStored: ingest.wake,
    cursorMoves,
  });
  const mail = createMailService({
    ...common,
    accounts: stores.accounts,
    intake: rawIntake,
    files,
    secrets,
    timing: mailTiming,
    limits: loginLimits,
    copies: createSentCopies({ ...common, outbox: stores.outbox, views: stores.views, attachmentsDir }),
    halt: accounts.halt,
  });
  const census = createMailboxCensus({
    ...common,
    accounts: stores.accounts,
    intake: rawIntake,
    limits: loginLimits,
    connect: (account, onNeverAsked) =>
      connectAccount({ account, secrets, timing: mailTiming, clock, log, onNeverAsked }),
  });
  const quarantine = createQuarantine({ ...common, files, intake, attachmentsDir, onRetry: ingest.wake });
  const sending = { accounts: stores.accounts, secrets, halt: accounts.halt, timing: mailTiming };
  const outboxRunner = createOutboxRunner({
    ...common,
    store: stores.outbox,
    outcomes: createLetterOutcomes(desk),
    channels: {
      mail: createSmtpChannel({ ...sending, views: stores.views, attachmentsDir }),
      telegram,
    },
  });
  const parser: Service = {
    name: 'parser',
    start: () => pool.start(),
    stop: async () => {
      oauth.signIns.stop();
      tokens.stop();
      await pool.stop();
    },
    health: () => ({ state: 'ok' }),
  };
  const notices = createNoticeMail({ ...sending, clock });
  return { oauth, secrets, accounts, files, ingest, mail, census, quarantine, outboxRunner, notices, parser };
}

/** What mail servers are shown: passwords, and tokens of those who signed in with their provider. */
function composeSecrets({
  desk,
  stores,
  opener,
  deskBox: secretBox,
  log,
  oauthEndpoints: endpoints = providerEndpoints,
}: Pick<Parts, 'desk' | 'stores' | 'opener' | 'deskBox' | 'log' | 'oauthEndpoints'>) {
  const { db, clock, random, journal } = desk;
  const store = stores.accountTokens;
  const clients = createOauthClients({ db, tokens: store, journal, secretBox });
  const tokens = createTokenKeeper({ db, tokens: store, secretBox, clock, clients, endpoints });
  const secrets = createAccountSecrets({ accounts: stores.accounts, secretBox, tokens });
  const signIns = createSignIns({ clock, random, log, opener, clients, endpoints });
  return { oauth: { clients, signIns }, tokens, secrets };
}

function composeIntake(desk: LetterParts, onNotice: IntakeEvents['onNotice'], log: Logger) {
  const incidents = createIncidentDesk(desk);
  return createIntake({
    ...desk,
    log,
    desk: {
      ...incidents,
      letterJoined(letter) {
        incidents.letterJoined(letter);
        answerLateLetter(desk, letter);
        const source = desk.views.find(letter.messageId);
        if (source?.channel === 'mail') {
          desk.handOvers?.()?.answered(letter, source.text, source.from.address);
        }
      },
    },
    onOwnLetterSeen: (messageId) => ownLetterSeen(desk, messageId),
    handedOver: (letter) => desk.handOvers?.()?.incidentOf(letter),
    onNotice,
    onBounce: ({ messageId, report }) => {
      if (report) letterBounced(desk, messageId, report);
    },
  });
}
