import { Readable } from 'node:stream';
import type { AccountSecrets } from './mail/account-secrets.ts';
import type { Capabilities } from './platform/capabilities.ts';
import type { Clock } from './platform/clock.ts';
import type { DataDir } from './platform/data-dir.ts';
import type { Logger } from './platform/logger.ts';
import type { Service } from './platform/service.ts';
import type { BackendOptions } from './app-types.ts';
import type { Chats } from './chats/create-chats.ts';
import type { Stores } from './compose-stores.ts';
import type { Db } from './db/open.ts';
import { newestVersion } from './db/migrate.ts';
import type { Prepared } from './db/prepare-database.ts';
import { createAdminAlerts } from './keeping/admin-alerts.ts';
import { filePlaces } from './keeping/bring-set.ts';
import type { DiskGuard } from './keeping/disk-guard.ts';
import { createFindTroubles } from './keeping/find-troubles.ts';
import { createFullBackups } from './keeping/full-backups.ts';
import { createJournalCheck } from './keeping/journal-check.ts';
import { createKeepingSettings } from './keeping/keeping-settings.ts';
import { createRetention } from './keeping/retention.ts';
import type { StartNotes } from './keeping/start-notes.ts';
import { packSupport, supportFiles } from './keeping/support-bundle.ts';
import type { Vault } from './keeping/vault.ts';
import { createWorkGate } from './keeping/work-gate.ts';
import type { LetterParts } from './letters/parts.ts';
import type { Accounts } from './mail/accounts.ts';
import { resumeUnlocked } from './mail/resume-unlocked.ts';
import { mailTiming } from './mail/mail-timing.ts';
import { sendNotice } from './mail/send-notice.ts';
import { createStoreUpload } from './mail/store-upload.ts';
import type { KeepingDesk } from './rpc/keeping-desk.ts';
import type { DeskParts } from './rpc/desk-parts.ts';
import type { Settings } from './settings/desk-settings.ts';
import { createListsFile } from './settings/lists-file.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dataDir: DataDir;
  readonly options: BackendOptions;
  readonly capabilities: Capabilities;
  readonly startNotes: StartNotes;
  readonly vault: Vault;
  readonly settings: Settings;
  readonly disk: DiskGuard;
  readonly chats: Chats;
  readonly secrets: AccountSecrets;
  readonly accounts: Accounts;
  readonly healths: DeskParts['healths'];
  /** Stops what must not work beside another desk. */
  readonly stopService: (name: string) => Promise<void>;
};

/** What goes on while another computer does this desk's work: looking after itself, and nothing that speaks or listens. */
const quietServices: ReadonlySet<string> = new Set([
  'disk',
  'parser',
  'backup',
  'full-backup',
  'search',
  'keeping',
]);

/** Backups of everything, what leaves by its time, who is told, and what is handed to support. */
export function composeKeeping(parts: Parts) {
  const { desk, stores, db, clock, log, dataDir, vault, startNotes } = parts;
  const { journal } = desk;
  const settings = createKeepingSettings({ db, store: stores.settings, journal });
  const gate = createWorkGate();
  const places = filePlaces(dataDir);
  const workstation = stores.settings.workstation()?.uuid ?? '';
  const common = { db, clock, log, journal, settings, dataDir, places, gate };
  const full = createFullBackups({
    ...common,
    about: () => ({
      desk: workstation,
      codePrefix: desk.codePrefix(),
      pult: parts.options.version,
      recovery: vault.state().recoveryMadeAt !== null,
    }),
  });
  const retention = createRetention({
    ...common,
    store: stores.retention,
    texts: stores.textRetention,
    outbox: stores.outbox,
  });
  const check = createJournalCheck({ journal, clock, log });
  const alerts = createAdminAlerts({
    ...common,
    store: stores.adminAlerts,
    troubles: createFindTroubles({
      clock,
      healths: parts.healths,
      diskState: parts.disk.state,
      quarantined: stores.raw.quarantinedCount,
      isJournalBroken: check.isBroken,
      isLocked: () => vault.state().locked,
      newestEntryAt: stores.adminAlerts.newestEntryAt,
      deadMinutes: () => settings.get().deadMinutes,
    }),
    senders: sendersOf(parts),
    desk: desk.codePrefix,
    time: (at) => inZone(at, desk.zone()),
  });
  const own: Service = {
    name: 'keeping',
    start: async () => undefined,
    stop: async () => undefined,
    health() {
      if (settings.restingSince() !== null) return { state: 'needs-attention', reason: 'resting' };
      if (vault.state().locked) return { state: 'needs-attention', reason: 'secrets-locked' };
      return { state: 'ok' };
    },
  };
  const keeping: KeepingDesk = {
    settings,
    gate,
    full,
    retention,
    alerts,
    vault,
    lists: createListsFile({ ...common, store: stores.listsFile, settings: stores.settings }),
    places,
    workstation,
    support: () => supportFiles(supportParts(parts, settings, alerts.latest, workstation)),
    async packSupport() {
      const files = await supportFiles(supportParts(parts, settings, alerts.latest, workstation));
      const stream = Readable.toWeb(Readable.from(packSupport(files, clock.now()) as Readable));
      return createStoreUpload(dataDir.attachments)(stream as ReadableStream<Uint8Array>);
    },
    stopService: parts.stopService,
    isQuiet: (name) => quietServices.has(name),
  };
  return {
    keeping,
    services: [full, retention, check, alerts, own],
    /** At rest only what looks after the desk works. */
    working: (all: readonly Service[]) =>
      settings.restingSince() === null ? all : all.filter(({ name }) => quietServices.has(name)),
    afterOpening(prepared: Prepared) {
      if (prepared.unclean) alerts.happened('unclean-start');
      if (settings.restingSince() !== null) startNotes.add({ code: 'resting', facts: {} });
      if (vault.state().locked) startNotes.add({ code: 'secrets-locked', facts: {} });
      else resumeUnlocked(parts.accounts, null);
    },
    wake: (revision: number) => settings.setResting(null, revision),
  };
}

function sendersOf({ stores, clock, secrets, chats, desk }: Parts) {
  return {
    mail: (to: readonly string[], letter: { readonly subject: string; readonly text: string }) =>
      sendNotice({ accounts: stores.accounts, secrets, clock, timing: mailTiming }, to, letter),
    chat(chatId: number, text: string) {
      const people = desk.people.all().filter(({ active }) => active === 1);
      const writer = people.find(({ role }) => role === 'lead') ?? people[0];
      if (!writer) return;
      const message = { chatId, text, entities: [], replyTo: null, files: [], incidentId: null };
      chats.send(message, writer.id);
    },
  };
}

function supportParts(
  parts: Parts,
  settings: ReturnType<typeof createKeepingSettings>,
  latest: ReturnType<typeof createAdminAlerts>['latest'],
  workstation: string,
) {
  const { version, build, shell } = parts.options;
  return {
    ...parts,
    about: { version, build, shell },
    schema: newestVersion,
    secretStore: parts.capabilities.secretBox.kind,
    deskSettings: parts.settings.get,
    keepingSettings: settings.get,
    alerts: latest,
    workstation,
  };
}

/** Core speaks Russian where no page is there to translate. */
function inZone(at: number, zone: string): string {
  return new Intl.DateTimeFormat('ru', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at);
}
