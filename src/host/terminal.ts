import { createInterface } from 'node:readline';
import { AppError } from '../shared/errors.ts';
import { readArguments, usage, type HostArguments } from './args.ts';
import type { Host } from './run-host.ts';
import { openCommand, startDetached } from './system-tools.ts';

const stopWithinMs = 8000;
/** A person who asks again after this long does not want to wait. */
const impatientMs = 1000;
const softwareError = 70;
const badUsage = 64;

type Running = Extract<Host, { state: 'running' }>;
/** What was asked for has been done, and nothing runs. */
type Done = { readonly state: 'done' };

/**
 * A host from the command line to its exit code: prints the link, opens it, gives a fresh one on Enter, and ends within
 * eight seconds of being asked.
 */
export async function runInTerminal(
  start: (args: HostArguments, onFatal: (error: unknown) => void) => Promise<Host | Done>,
): Promise<void> {
  // Letters and their index are nobody else's, wherever the directory lies.
  process.umask(0o077);
  // A launcher that went away must not take the desk along.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const args = takeArguments();
  if (!args) return;
  let running: Running | undefined;

  const end = (code: number) => {
    setTimeout(() => process.exit(code || softwareError), stopWithinMs).unref();
    void Promise.resolve(running?.stop()).then(
      () => process.exit(code),
      () => process.exit(code || softwareError),
    );
  };
  const onFatal = (error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    running?.log.error({ err: error }, 'process.failed');
    end(softwareError);
  };
  process.once('uncaughtException', onFatal);
  process.once('unhandledRejection', onFatal);
  let askedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Ctrl+C comes twice at once: from the terminal and from the launcher.
      if (askedAt !== undefined && performance.now() - askedAt < impatientMs) return;
      if (askedAt !== undefined) process.exit(softwareError);
      askedAt = performance.now();
      end(0);
    });
  }

  try {
    const host = await start(args, onFatal);
    if (host.state === 'running') running = host;
    if (askedAt !== undefined || host.state === 'done') return end(0);
    announce(host, args);
    if (host.state === 'elsewhere') process.exitCode = 0;
    else listenForEnter(host, args);
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(error instanceof AppError ? 1 : softwareError);
  }
}

function announce(host: Host, args: HostArguments): void {
  const because = args.because === undefined ? '' : ` (${args.because})`;
  const where =
    host.state === 'elsewhere' ? 'Pult already runs on this data directory' : 'Pult in the browser';
  process.stdout.write(`${where}${because}: ${host.link}\n`);
  openLink(host.link, args);
}

function listenForEnter(host: Running, args: HostArguments): void {
  if (!process.stdin.isTTY) return;
  createInterface({ input: process.stdin }).on('line', () => {
    const link = host.makeLink();
    process.stdout.write(`${link}\n`);
    openLink(link, args);
  });
}

function openLink(link: string, args: HostArguments): void {
  if (args['no-open']) return;
  const [command, parameters] = openCommand(process.platform, link);
  startDetached(command, parameters, () => {
    process.stdout.write('No program opens links here: open the address above by hand.\n');
  });
}

function takeArguments(): HostArguments | undefined {
  try {
    const args = readArguments(process.argv.slice(2));
    if (!args.help) return args;
    process.stdout.write(usage);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exitCode = badUsage;
  }
  return undefined;
}

/** For the terminal: our own words for what can be mended, the whole trace for what is a bug. */
function describe(error: unknown): string {
  if (!(error instanceof AppError)) {
    const code = (error as { code?: unknown } | undefined)?.code;
    if (code === 'EADDRINUSE') return 'The port is taken by another program; choose another with --port';
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const { path } = error.details;
  const place = typeof path === 'string' ? `: ${path}` : '';
  if (error.reason === 'data-dir-in-use')
    return 'Pult already works on this data directory, in another window';
  if (error.reason === 'network-drive') return `The data directory may not be on a network drive${place}`;
  return `${error.message}${place}`;
}
