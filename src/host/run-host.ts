import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Backend, BackendOptions, Provision } from '../core/app-types.ts';
import { AppError } from '../shared/errors.ts';
import type { HostArguments } from './args.ts';
import { createHostCapabilities } from './capabilities.ts';
import { defaultDataDir } from './default-data-dir.ts';
import { instanceName, readHostFile, requestLink, writeHostFile } from './host-file.ts';
import { createKeyring } from './keyring.ts';
import { listenOnLoopback, type Loopback, type LoopbackParts } from './loopback.ts';
import { readBuild } from './page-files.ts';
import { readProvision } from './provision.ts';
import { createRunning, type CreateBackend, type Running } from './running.ts';
import { createSecretBox } from './secret-box.ts';
import { readSecretKeys } from './secret-keys.ts';

export type HostParts = {
  readonly args: HostArguments;
  readonly createBackend: CreateBackend;
  readonly rendererDir: string;
  readonly workerPath: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly training?: BackendOptions['training'];
  /** For entries of the demo build; no production entry gives it. */
  readonly telegram?: Pick<BackendOptions, 'telegramNetwork' | 'telegramPort'>;
  /** Besides what `--config` names; for the demo. */
  readonly provision?: Provision;
  /** The backend could not come back after a restart. */
  readonly onFatal: (error: unknown) => void;
};

export type Host =
  | {
      readonly state: 'running';
      readonly dataDir: string;
      readonly link: string;
      makeLink(): string;
      log: Backend['log'];
      stop(): Promise<void>;
    }
  /** Another host works on this directory and gave a link to it. */
  | { readonly state: 'elsewhere'; readonly dataDir: string; readonly link: string };

/** Starts the backend and serves it. Rejects with `conflict` (`data-dir-in-use`) when Electron has the directory. */
export async function runHost(parts: HostParts): Promise<Host> {
  const { args, environment } = parts;
  const dataDir = resolve(
    args.data ?? defaultDataDir({ platform: process.platform, home: homedir(), environment }),
  );
  const provision =
    args.config === undefined ? parts.provision : readProvision(resolve(args.config), { environment });
  const keyring = args['secret-store'] === 'file' ? undefined : createKeyring();
  const running = createRunning({
    createBackend: parts.createBackend,
    onFatal: parts.onFatal,
    options: {
      dataDir,
      workerPath: parts.workerPath,
      build: await readBuild(parts.rendererDir),
      version: parts.version,
      shell: 'browser',
      ...(parts.training ? { training: parts.training } : {}),
      ...(provision ? { provision } : {}),
      ...parts.telegram,
    },
  });
  const capabilities = createHostCapabilities({
    secretBox: createSecretBox(await readSecretKeys(dataDir, keyring)),
    restart: running.restart,
  });
  try {
    await running.start(capabilities);
  } catch (error) {
    const link = isInUse(error) ? await requestLink(dataDir) : undefined;
    if (link === undefined) throw error;
    return { state: 'elsewhere', dataDir, link };
  }
  try {
    return await open(parts, { running, dataDir, release: capabilities.release });
  } catch (error) {
    await running.stop();
    throw error;
  }
}

type Opening = { readonly running: Running; readonly dataDir: string; readonly release: () => void };

async function open({ args, rendererDir }: HostParts, { running, dataDir, release }: Opening): Promise<Host> {
  const file = readHostFile(dataDir);
  const loopback = await listen(args.port, file.port, {
    instance: instanceName(dataDir),
    secret: file.secret,
    rendererDir,
    backend: running.current,
    log: running.log,
    now: () => Date.now(),
  });
  running.onTurn(loopback.dropPages);
  writeHostFile(dataDir, { ...file, port: loopback.port });
  return {
    state: 'running',
    dataDir,
    link: loopback.makeLink(),
    makeLink: loopback.makeLink,
    log: running.log,
    async stop() {
      release();
      await Promise.all([loopback.close(), running.stop()]);
    },
  };
}

/** The port asked for, or the one of last time so that open pages find back, or any. */
async function listen(asked: number, last: number, parts: Omit<LoopbackParts, 'port'>): Promise<Loopback> {
  if (asked !== 0 || last === 0) return listenOnLoopback({ ...parts, port: asked });
  try {
    return await listenOnLoopback({ ...parts, port: last });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
    return listenOnLoopback({ ...parts, port: 0 });
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof AppError && error.reason === 'data-dir-in-use';
}
