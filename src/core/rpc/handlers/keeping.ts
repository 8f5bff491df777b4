import type { PultContract } from '../../../shared/contract/index.ts';
import type { KeepingWork } from '../../../shared/contract/keeping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { isOnSameDisk } from '../../keeping/full-backups.ts';
import { resumeUnlocked } from '../../mail/resume-unlocked.ts';
import { findSets, listSets } from '../../keeping/set-manifest.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { listHandlers } from './lists-file.ts';
import { restoreSet, setView } from './keeping-sets.ts';

type Group = Handlers<PultContract, Context>['keeping'];

const lookMs = 300;

export function keepingHandlers(parts: DeskParts): Pick<Handlers<PultContract, Context>, 'keeping'> {
  return {
    keeping: {
      ...settingPart(parts),
      ...setPart(parts),
      ...secretPart(parts),
      ...movePart(parts),
      ...restPart(parts),
      ...listHandlers(parts),
    },
  };
}

function settingPart({ keeping, desk, dataDir }: DeskParts): Pick<Group, 'settings' | 'saveSettings'> {
  const { settings, full } = keeping;
  return {
    settings() {
      const found = settings.get();
      return {
        settings: found,
        restingSince: settings.restingSince(),
        dataDir: dataDir.root,
        onSameDisk: found.backupDirectory === null ? null : isOnSameDisk(found.backupDirectory, dataDir.root),
      };
    },
    async saveSettings({ settings: change }, context) {
      const { backupDirectory: directory, alertEmails } = change;
      const own = new Set(desk.accounts().map(({ address }) => address.toLowerCase()));
      const isOwn = alertEmails?.some((address) => own.has(address.toLowerCase()));
      // What it tells would come back as a letter, and that letter would be told about.
      if (isOwn) throw new AppError('invalid-input', { details: { reason: 'alert-own-address' } });
      const known = directory ? { backupDirectory: await full.useDirectory(directory) } : {};
      settings.save({ ...change, ...known }, actorOf(context));
      return {};
    },
  };
}

function setPart(
  parts: DeskParts,
): Pick<Group, 'sets' | 'makeFull' | 'checkSet' | 'restoreSet' | 'cancel' | 'work'> {
  const { keeping, desk } = parts;
  const ownDesk = () => keeping.workstation;
  return {
    async sets({ path }) {
      const base = keeping.full.base();
      const sets = path === null ? (base === undefined ? [] : await listSets(base)) : await findSets(path);
      return { sets: sets.map((set) => setView(set, ownDesk())) };
    },
    makeFull: async () => ({ name: (await keeping.full.make('full')).name }),
    checkSet: ({ path, deep }) => keeping.full.check(path, deep),
    async restoreSet({ path }) {
      await restoreSet(parts, path);
      return {};
    },
    async cancel() {
      keeping.gate.cancel();
      return {};
    },
    async *work(_input, { signal }) {
      let told: string | undefined;
      while (!signal.aborted) {
        const work: KeepingWork | null = keeping.gate.current() ?? null;
        const text = JSON.stringify(work);
        if (text !== told) {
          told = text;
          yield { work };
        }
        await desk.clock.sleep(lookMs, signal).catch(() => {
          // The page stopped listening: the loop's condition ends it.
        });
      }
    },
  };
}

type Secrets =
  | 'recovery'
  | 'beginRecovery'
  | 'confirmRecovery'
  | 'removeRecovery'
  | 'unlock'
  | 'giveUpSecrets';

function secretPart(parts: DeskParts): Pick<Group, Secrets> {
  const { keeping, capabilities, startNotes } = parts;
  const { vault } = keeping;
  return {
    recovery() {
      const { locked, recoveryMadeAt: madeAt } = vault.state();
      const { kind } = capabilities.secretBox;
      return { locked, madeAt, store: kind === 'memory' ? 'system' : kind };
    },
    async beginRecovery() {
      const { key, ask } = vault.beginRecovery();
      return { key, ask: [...ask] };
    },
    async confirmRecovery({ groups }, context) {
      await vault.confirmRecovery(groups, actorOf(context));
      return {};
    },
    async removeRecovery(_input, context) {
      vault.removeRecovery(actorOf(context));
      return {};
    },
    async unlock({ key }, context) {
      const wasLocked = vault.state().locked;
      await vault.unlock(key, actorOf(context));
      if (wasLocked) takeUpAccounts(parts, actorOf(context));
      startNotes.dismiss('secrets-locked');
      return {};
    },
    async giveUpSecrets(_input, context) {
      vault.startAfresh(actorOf(context));
      startNotes.dismiss('secrets-locked');
      return {};
    },
  };
}

/** Mailboxes that stopped for want of their password go on with it. */
function takeUpAccounts({ accounts, mail, outboxRunner }: DeskParts, actor: number): void {
  resumeUnlocked(accounts, actor);
  for (const { id } of accounts.list().accounts) outboxRunner.retryAccount('mail', id);
  mail.checkNow(null);
}

function movePart(parts: DeskParts): Pick<Group, 'move' | 'wake'> {
  const { keeping, desk, capabilities, startNotes, healths } = parts;
  const say = (at: number | null, kind: 'desk.put-to-rest' | 'desk.woken', actor: number) =>
    desk.db.transact((revision) => {
      keeping.settings.setResting(at, revision);
      desk.journal.append({ kind, subject: 'desk', subjectId: 0, actorId: actor, facts: {} });
      desk.db.touch('setting');
    });
  return {
    async move({ path }, context) {
      const directory = await keeping.full.useDirectory(path);
      if (keeping.settings.restingSince() === null) {
        say(desk.clock.now(), 'desk.put-to-rest', actorOf(context));
        startNotes.add({ code: 'resting', facts: {} });
        // Nothing may come in or go out after the copy: it would be here and not there.
        const names = ['mail', 'telegram', ...Object.keys(healths())];
        for (const name of names) if (!keeping.isQuiet(name)) await keeping.stopService(name);
      }
      return { path: (await keeping.full.make('move', directory)).path };
    },
    async wake(_input, context) {
      say(null, 'desk.woken', actorOf(context));
      capabilities.restarter.restart();
      return {};
    },
  };
}

type Rest = 'previewRetention' | 'runRetention' | 'alerts' | 'testAlert' | 'previewSupport' | 'makeSupport';

function restPart({ keeping, desk }: DeskParts): Pick<Group, Rest> {
  return {
    previewRetention: () => keeping.retention.preview(),
    runRetention: (_input, context) => keeping.retention.run(actorOf(context)),
    alerts: () => ({
      alerts: keeping.alerts.latest().map(({ id, kind, subject, beganAt, endedAt, toldAt }) => ({
        id,
        kind,
        subject,
        beganAt,
        endedAt,
        toldAt,
      })),
      failure: keeping.alerts.failure() ?? null,
    }),
    testAlert: async () => ({ told: await keeping.alerts.test() }),
    async previewSupport() {
      const files = await keeping.support();
      return {
        files: files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text), text: cut(text) })),
      };
    },
    async makeSupport() {
      const stored = await keeping.packSupport();
      const day = new Date(desk.clock.now()).toISOString().slice(0, 10);
      return { ...stored, fileName: `pult-support-${day}.zip`, mimeType: 'application/zip' };
    },
  };
}

const mostShown = 40_000;

/** A log of megabytes is shown by its end, which is what it was asked for. */
function cut(text: string): string {
  return text.length > mostShown ? `…\n${text.slice(-mostShown)}` : text;
}
