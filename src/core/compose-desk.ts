import { tileOrigin } from '../shared/domain/tile-address.ts';
import type { BackendOptions } from './app-types.ts';
import { composeAssets } from './compose-assets.ts';
import { composeBindings } from './compose-bindings.ts';
import { haltCalls } from './calls/halt-calls.ts';
import { composeCalls } from './compose-calls.ts';
import { composeKeeping } from './compose-keeping.ts';
import { composeLinks } from './compose-links.ts';
import { composeNotices } from './compose-notices.ts';
import { composeIncidents } from './compose-incidents.ts';
import { composeMail } from './compose-mail.ts';
import { composeNotify } from './compose-notify.ts';
import { haltLadders } from './notify/halt-ladders.ts';
import { composeTelegram } from './compose-telegram.ts';
import { composeShift } from './compose-shift.ts';
import { composeReach } from './compose-reach.ts';
import { composeReports } from './compose-reports.ts';
import { composeStores, type Stores } from './compose-stores.ts';
import { composeUndo } from './compose-undo.ts';
import { createClockRecount } from './clocks/recount-service.ts';
import { createDossierDesk } from './dossier/dossier-desk.ts';
import { createMakePdf, paperWorkerPath } from './dossier/make-pdf.ts';
import type { Db } from './db/open.ts';
import { createSearchIndex } from './db/search-index.ts';
import type { Prepared } from './db/prepare-database.ts';
import { assignWaiting } from './incidents/assignment.ts';
import { createLifeWatch } from './incidents/life-watch.ts';
import { createSlaWatch } from './incidents/sla-watch.ts';
import type { IntakeEvents } from './intake/parts.ts';
import { createMoveLetter } from './intake/move-letter.ts';
import { createRuleDesk } from './intake/rule-desk.ts';
import { afterRestore } from './keeping/after-restore.ts';
import { type AlarmDuty, createAlarmDuty } from './keeping/alarm-duty.ts';
import { createBackupService } from './keeping/backup-service.ts';
import { createDiskGuard, type DiskGuard } from './keeping/disk-guard.ts';
import { createSearchKeeper } from './keeping/search-keeper.ts';
import type { StartNotes } from './keeping/start-notes.ts';
import { createVault } from './keeping/vault.ts';
import { haltAnswers } from './links/answer-all.ts';
import { createLetterOutcomes } from './letters/letter-outcomes.ts';
import { moveLetter, moveLetterBack as letterBack } from './letters/move-letter.ts';
import type { LetterParts } from './letters/parts.ts';
import { mailTiming } from './mail/mail-timing.ts';
import { attachmentPath } from './mail/parse/attachment-files.ts';
import { createStoreUpload } from './mail/store-upload.ts';
import { testAccount } from './mail/test-account.ts';
import { createTelegramDriver } from './notify/channels/telegram/telegram-driver.ts';
import { createDutyWatch } from './people/duty.ts';
import { createSignIn } from './people/sign-in.ts';
import type { Capabilities, SecretBox } from './platform/capabilities.ts';
import type { Clock } from './platform/clock.ts';
import type { DataDir } from './platform/data-dir.ts';
import type { Logger } from './platform/logger.ts';
import type { Random } from './platform/random.ts';
import type { Service } from './platform/service.ts';
import type { DeskParts } from './rpc/desk-parts.ts';
import type { DeskSession } from './rpc/desk-session.ts';
import { createChatSearch } from './search/chat-search.ts';
import { isLead } from './shift/handover.ts';
import { createSearch } from './search/search.ts';
import { seedClocks } from './settings/seed-clocks.ts';
import { seedReference } from './settings/seed.ts';
import { seedLadders } from './settings/seed-ladders.ts';
import { seedSkills } from './settings/seed-skills.ts';
import { healthsOf } from './healths-of.ts';
import type { Supervisor } from './supervisor.ts';

type Parts = {
  readonly options: BackendOptions;
  readonly capabilities: Capabilities;
  readonly dataDir: DataDir;
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly startNotes: StartNotes;
  readonly sessions: ReadonlySet<DeskSession>;
};

/** Wires every part once. Nothing works yet: services are started by the caller, in the order given. */
export function composeDesk(parts: Parts) {
  const { db, startNotes } = parts;
  const stores = composeStores(db);
  seedReference({ db, reference: stores.reference });
  seedClocks({ db, ...stores });
  seedSkills({ db, technicians: stores.technicians });
  seedLadders({ ...parts, ladders: stores.ladders });
  let supervisor: Supervisor | undefined;
  const rooms = composeRooms(parts, stores, () => supervisor);
  const { desk, mail, telegram, assets, keeping, links, reports, searchKeeper } = rooms;
  const services = servicesOf(parts, stores, rooms);
  return {
    parts: deskPartsOf(parts, stores, rooms),
    /** Asked after the opening: a desk that was put to rest may have been woken by a restore. */
    services: () => keeping.working(services),
    commandStore: stores.settings,
    isActive: (personId: number) => stores.people.find(personId)?.active === 1,
    provisioning: {
      people: desk,
      accounts: mail.accounts,
      settings: rooms.settings,
      setTelegramApi: telegram.accounts.provideApi,
      provideRegistry: assets.provide,
    },
    afterOpening(prepared: Prepared) {
      if (prepared.unclean) searchKeeper.checkOnStart();
      const { wake } = keeping;
      afterRestore({ desk, startNotes, wake, onUnknown: createLetterOutcomes(desk).unknown }, prepared);
      if (prepared.restored) {
        haltAnswers(links.links);
        haltCalls(rooms.calls.parts);
        haltLadders(rooms.notify.parts);
      }
      keeping.afterOpening(prepared);
    },
    followHealth(started: Supervisor) {
      supervisor = started;
    },
    webParts: {
      ...webPartsOf(parts, stores, mail, rooms.attachmentFile),
      reports,
      dossier: rooms.dossiers.respond,
    },
    tileOrigin: () => tileOrigin(reports.tiles()),
  };
}

type Rooms = ReturnType<typeof composeRooms>;

/** Each room of core over the stores, in the order in which they need each other. */
function composeRooms(parts: Parts, stores: Stores, supervisor: () => Supervisor | undefined) {
  const { options, capabilities, dataDir, db, clock, random, log } = parts;
  const { desk, settings, late } = composeIncidents(parts, stores);
  const disk = createDiskGuard({ dataDir: dataDir.root, clock, log });
  const vault = createVault({
    ...desk,
    store: stores.settings,
    secrets: stores.secrets,
    shellBox: capabilities.secretBox,
  });
  const sealed = { ...parts, deskBox: vault.box };
  const notices: LateNotices = {};
  const { mail, telegram, assets, attachmentFile } = composeChannels(sealed, stores, desk, disk, notices);
  const { chats } = telegram;
  const moveRows = createMoveLetter({ db, clock, random });
  const notify = composeNotify({
    desk,
    stores,
    deskBox: vault.box,
    mail: mail.notices,
    drivers: { telegram: createTelegramDriver(telegram.reach) },
    attachmentFile,
    storeUpload: createStoreUpload(dataDir.attachments),
    log,
  });
  notices.take = notify.onNotice;
  const calls = composeCalls({ desk, stores, notify: notify.parts, log });
  notify.follow(calls.effects);
  late.handOvers = calls.handOvers;
  late.onAlarmsAnswered = calls.paging.answered;
  const shifts = composeShift({ desk, stores, mail: mail.mail, telegram: telegram.service, log });
  const healths = () =>
    healthsOf(supervisor(), mail.mail.mailboxes(), telegram.service.accounts(), notify.healths());
  return {
    desk,
    notify,
    calls,
    deskBox: vault.box,
    settings,
    disk,
    mail,
    telegram,
    assets,
    attachmentFile,
    moveRows,
    shifts,
    healths,
    duty: { ...desk, assignWaiting: (revision: number) => assignWaiting(desk, revision) },
    backups: createBackupService({ db, directory: dataDir.backups, clock, log, mayStore: disk.mayStore }),
    alarmDuty: composeAlarms(parts, stores, desk, shifts.parts, () => settings.get().alarmAfterSeconds),
    searchKeeper: createSearchKeeper({ index: createSearchIndex(db), clock, log }),
    dossiers: createDossierDesk({
      ...desk,
      raw: stores.views.raw,
      rawFile: mail.files.path,
      attachmentFile,
      makePdf: createMakePdf(paperWorkerPath(options.workerPath)),
    }),
    rules: createRuleDesk({ db, rules: stores.rules, journal: desk.journal, clock }),
    quarantine: { ...mail.quarantine, count: () => stores.raw.quarantinedCount() },
    links: composeLinks({ desk, stores, moveRows, chats, log }),
    reports: composeReports({ desk, stores, dataDir, disk, mail, log }),
    keeping: composeKeeping({
      ...parts,
      desk,
      stores,
      vault,
      settings,
      disk,
      healths,
      chats,
      secrets: mail.secrets,
      accounts: mail.accounts,
      stopService: async (name) => supervisor()?.remove(name),
    }),
  };
}

function deskPartsOf(parts: Parts, stores: Stores, rooms: Rooms): DeskParts {
  const { options, capabilities, dataDir, clock, log, startNotes } = parts;
  const { desk, mail, telegram, assets, settings, rules, quarantine, moveRows } = rooms;
  const { links } = rooms.links;
  const moveLetterBack: DeskParts['moveLetterBack'] = (facts, actor) =>
    letterBack(desk, moveRows, facts, actor);
  const bindings = composeBindings({ desk, stores, driverOf: rooms.notify.driverOf });
  const views = stores.saved;
  const technicians = { ...desk, technicians: stores.technicians, onCall: stores.onCall };
  const notices = composeNotices(rooms.notify.parts, stores);
  const reach = composeReach({
    stores,
    notify: rooms.notify.parts,
    secretBox: rooms.deskBox,
    createDriver: rooms.notify.createDriver,
    health: (routeId) => rooms.healths()[`route:${routeId}`]?.health ?? { state: 'starting' },
  });
  const undoneBy = {
    desk,
    notices,
    reach,
    rules,
    settings,
    assets,
    views,
    chats: telegram.chats,
    quarantine,
    technicians,
    moveLetterBack,
  };
  return {
    desk: { ...desk, log },
    options,
    capabilities,
    dataDir,
    query: stores.query,
    search: createSearch({ store: stores.search, codePrefix: desk.codePrefix }),
    views,
    rules,
    addresses: stores.addresses,
    signIn: createSignIn(desk),
    duty: rooms.duty,
    settings,
    accounts: mail.accounts,
    testAccount: (account, secret) => testAccount({ clock, log, timing: mailTiming }, account, secret),
    secrets: mail.secrets,
    oauth: mail.oauth,
    mail: mail.mail,
    outboxRunner: mail.outboxRunner,
    quarantine,
    backups: rooms.backups,
    disk: rooms.disk,
    alarmDuty: rooms.alarmDuty,
    startNotes,
    shift: rooms.shifts.shift,
    clockParts: { ...desk, calendarStore: stores.calendars },
    assets,
    reports: rooms.reports,
    technicians,
    calls: rooms.calls.calls,
    notices,
    reach,
    ...chatPartsOf(telegram, stores),
    dossiers: rooms.dossiers,
    undoParts: composeUndo({ ...undoneBy, links, bindings, calls: rooms.calls.undo }),
    links,
    bindings,
    training: options.training,
    healths: rooms.healths,
    keeping: rooms.keeping.keeping,
    setupNeeded: () => stores.people.all().length === 0,
    moveLetter: (input) => moveLetter(desk, moveRows, input),
    moveLetterBack,
  };
}

/** In the order in which they start; what reads comes before what brings. */
function servicesOf({ log }: Parts, stores: Stores, rooms: Rooms): readonly Service[] {
  const { desk, mail, keeping, links, shifts } = rooms;
  return [
    rooms.disk,
    mail.parser,
    createDutyWatch(rooms.duty, log),
    createSlaWatch(desk, log, rooms.calls.paging.escalated),
    createClockRecount({ ...desk, settings: stores.settings, calendarStore: stores.calendars, log }),
    ...links.services,
    createLifeWatch(desk, log),
    ...shifts.services,
    ...rooms.calls.services,
    mail.ingest,
    mail.outboxRunner,
    rooms.telegram.service,
    rooms.notify.service,
    mail.mail,
    rooms.alarmDuty,
    rooms.backups,
    rooms.searchKeeper,
    rooms.assets.sync,
    ...keeping.services,
  ];
}

/** Made after the channels it hears by. */
type LateNotices = { take?: IntakeEvents['onNotice'] };

/** The ways a message comes and goes, all known to the outbox, and the registry they are read against. */
function composeChannels(
  parts: Parts & { readonly deskBox: SecretBox },
  stores: Stores,
  desk: LetterParts,
  disk: DiskGuard,
  notices: LateNotices,
) {
  const { workerPath, cursorMoves } = parts.options;
  const attachmentFile = (sha256: string) => attachmentPath(parts.dataDir.attachments, sha256);
  const telegram = composeTelegram({
    ...parts,
    desk,
    stores,
    disk,
    attachmentFile,
    retryAccount: (channel, accountId) => mail.outboxRunner.retryAccount(channel, accountId),
  });
  const mail: ReturnType<typeof composeMail> = composeMail({
    ...parts,
    desk,
    stores,
    disk,
    opener: parts.capabilities.opener,
    oauthEndpoints: parts.options.oauthEndpoints,
    telegram: telegram.channel,
    onNotice: (letter) => notices.take?.(letter),
    workerPath,
    cursorMoves,
  });
  const assets = composeAssets({ ...parts, desk, stores, disk, workerPath, attachmentFile });
  return { mail, telegram, assets, attachmentFile };
}

function chatPartsOf(
  { accounts, chats, service }: ReturnType<typeof composeTelegram>,
  stores: Stores,
): Pick<DeskParts, 'telegram' | 'chats' | 'chatSearch' | 'chatEngine' | 'changedChats'> {
  return {
    telegram: accounts,
    chats,
    chatSearch: createChatSearch(stores.chatHistory),
    chatEngine: service.chats,
    changedChats: stores.chats.changedAfter,
  };
}

function webPartsOf(
  { dataDir, log }: Parts,
  stores: Stores,
  mail: ReturnType<typeof composeMail>,
  attachmentFile: (sha256: string) => string,
) {
  return {
    views: stores.views,
    rawFile: mail.files.path,
    heldRaw: (rawId: number) => stores.raw.find(rawId)?.sha256,
    attachmentFile,
    storeUpload: createStoreUpload(dataDir.attachments),
    log,
  };
}

function composeAlarms(
  { capabilities, sessions, log }: Parts,
  stores: Stores,
  desk: LetterParts,
  shifts: ReturnType<typeof composeShift>['parts'],
  alarmAfterSeconds: () => number,
): AlarmDuty {
  const pages = () => [...sessions].filter((session) => session.personId !== null);
  return createAlarmDuty({
    ...desk,
    ...capabilities,
    log,
    pages,
    alarmAfterSeconds,
    shellAfterMinutes: () => shifts.shiftSettings.get().shellAfterMinutes,
    calls: () => shifts.handovers.sounding().map(({ id, since }) => ({ handoverId: id, since })),
    hearsCalls: (personId) => isLead(shifts, personId),
    reachAlarms: () => stores.reachAlarms.sounding(),
  });
}
