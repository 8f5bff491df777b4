import { readFile, rm } from 'node:fs/promises';
import { contract } from '../shared/contract/index.ts';
import type { Port } from '../shared/rpc/port.ts';
import { uuidv7 } from '../shared/ids.ts';
import { applyProvision } from './apply-provision.ts';
import type { Backend, BackendOptions } from './app-types.ts';
import { takeDataLock } from './db/data-lock.ts';
import { openDb, type Db } from './db/open.ts';
import {
  forgetRestored,
  prepareDatabase,
  readRestoreRequest,
  restoreRequestFile,
  type Prepared,
} from './db/prepare-database.ts';
import { bringSet } from './keeping/bring-set.ts';
import { createStartNotes } from './keeping/start-notes.ts';
import type { Capabilities } from './platform/capabilities.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { createDataDir, type DataDir } from './platform/data-dir.ts';
import { createPinoLogger } from './platform/pino-logger.ts';
import { type Random, systemRandom } from './platform/random.ts';
import { composeDesk } from './compose-desk.ts';
import { admit, dropInactive, type DeskSession } from './rpc/desk-session.ts';
import { allHandlers } from './rpc/handlers/all.ts';
import { assertHandlers, serve } from './rpc/serve.ts';
import { createSupervisor } from './supervisor.ts';
import { createWeb } from './web.ts';

/** A repeated command is known for this long; a page asks again within minutes. */
const commandMemoryMs = 7 * 86_400_000;

type Platform = { readonly clock: Clock; readonly random: Random };

/** The composition root and the only door for shells. Throws what the shell must tell a person: the directory is in use, the database is newer, damaged. */
export async function createBackend(
  options: BackendOptions,
  capabilities: Capabilities,
  { clock, random }: Platform = { clock: systemClock, random: systemRandom },
): Promise<Backend> {
  const dataDir = createDataDir(options.dataDir);
  const lock = takeDataLock(dataDir.lock);
  const logFile = createPinoLogger({ directory: dataDir.logs, level: 'info' });
  const { log } = logFile;
  let opened: Db | undefined;
  try {
    dataDir.clearTemporary();
    const prepared = await prepare(dataDir, clock);
    const db = openDb({ file: dataDir.db, clock, log });
    opened = db;
    const startNotes = createStartNotes();
    const sessions = new Set<DeskSession>();
    const ports = new Set<Port>();
    const composed = composeDesk({
      options,
      capabilities,
      dataDir,
      db,
      clock,
      random,
      log,
      startNotes,
      sessions,
    });
    composed.afterOpening(prepared);
    await forgetRestored(dataDir.db);
    logFile.setLevel(composed.parts.settings.get().logLevel);
    if (options.provision) applyProvision(composed.provisioning, options.provision);
    const store = composed.commandStore;
    db.transact(() => store.forgetCommands(clock.now() - commandMemoryMs));
    const supervisor = createSupervisor({ clock, log });
    composed.followHealth(supervisor);
    await supervisor.start(composed.services());
    const handlers = allHandlers(composed.parts);
    assertHandlers(contract, handlers);
    log.info({ version: options.version, shell: options.shell, unclean: prepared.unclean }, 'desk.started');

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await supervisor.stop();
      // A page that goes on asking would be answered by a closed database.
      for (const port of ports) port.close();
      try {
        db.close();
      } finally {
        lock.release();
        log.info({}, 'desk.stopped');
        await logFile.close();
      }
    };
    return {
      log,
      web: createWeb(composed.webParts),
      tileOrigin: composed.tileOrigin,
      resumed(from) {
        if (!stopping) supervisor.resumed(from);
      },
      connect(port) {
        if (stopping) {
          port.close();
          return;
        }
        ports.add(port);
        port.onClose(() => void ports.delete(port));
        serve({
          port,
          contract,
          handlers,
          createSession(id) {
            const session: DeskSession = { id, personId: null, key: null, visible: true, sound: false };
            sessions.add(session);
            return session;
          },
          admit(call, session) {
            dropInactive(session, composed.isActive);
            admit(call, session);
          },
          onClose: (session) => void sessions.delete(session),
          transactCommand: (commandId, run) =>
            db.transact(() => {
              const known = store.appliedCommand(commandId);
              if (known !== undefined) return JSON.parse(known) as object;
              const result = run() as object;
              store.recordCommand(commandId, JSON.stringify(result), clock.now());
              return result;
            }),
          build: options.build,
          checkOutput: options.shell === 'memory',
          newId: () => uuidv7(clock.now(), random.bytes(10)),
          clock,
          log,
        });
      },
      stop() {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (failure) {
    log.error({ err: failure }, 'desk.not-started');
    opened?.close();
    lock.release();
    await logFile.close();
    throw failure;
  }
}

/**
 * The request of a restore goes when its work is done, so that a crash in the middle repeats it; it goes as well when
 * the backup cannot be used, so that it does not stop every start.
 */
async function prepare(dataDir: DataDir, clock: Clock): Promise<Prepared> {
  const request = restoreRequestFile(dataDir.root);
  const asked = readRestoreRequest(await readFile(request, 'utf8').catch(() => ''));
  try {
    const restoreFrom = asked?.set === undefined ? asked?.name : await bringSet(asked.set, dataDir, clock);
    return await prepareDatabase({
      file: dataDir.db,
      backups: dataDir.backups,
      now: clock.now(),
      restoreFrom,
    });
  } finally {
    await rm(request, { force: true });
  }
}
