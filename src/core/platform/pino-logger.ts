import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from './logger.ts';
import { redact } from './redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export type LogFile = {
  readonly log: Logger;
  setLevel(level: LogLevel): void;
  /** Everything written so far is on its way to the disk; for a process about to end. */
  flush(): void;
  close(): Promise<void>;
};

type Options = {
  readonly directory: string;
  readonly level: LogLevel;
  readonly maxBytes?: number;
  readonly files?: number;
};

const defaultMaxBytes = 10 * 1024 * 1024;
const defaultFiles = 10;

/** JSON lines in `pult.log`, the older ones in `pult.1.log` and on. A full disk costs lines, never the desk. */
export function createPinoLogger({ directory, level, maxBytes, files }: Options): LogFile {
  const sink = createRotatingFile(directory, maxBytes ?? defaultMaxBytes, files ?? defaultFiles);
  const root = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }), log: redact },
      // Errors are opened by `redact`, with what they carry covered.
      serializers: { err: (value: unknown) => value },
    },
    sink,
  );
  return {
    log: wrap(root),
    setLevel(next) {
      root.level = next;
    },
    flush: sink.flush,
    close: sink.close,
  };
}

type Pino = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'level' | 'isLevelEnabled'>;

/** Children are ours, not pino's, so that a level changed at run time reaches them at once. */
function wrap(root: Pino, bound: object = {}): Logger {
  const at = (level: LogLevel) => (fields: object, event: string) => {
    if (root.isLevelEnabled(level)) root[level]({ ...bound, ...fields }, event);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(root, { ...bound, ...fields }),
  };
}

function createRotatingFile(directory: string, maxBytes: number, files: number) {
  const path = (index: number) => join(directory, index === 0 ? 'pult.log' : `pult.${index}.log`);
  const open = () => pino.destination({ dest: path(0), sync: false, mkdir: true, mode: 0o600 });
  let bytes = existsSync(path(0)) ? statSync(path(0)).size : 0;
  let destination = listen(open());

  function listen(fresh: ReturnType<typeof open>) {
    // A disk without room: there is nowhere to say it, and the desk must go on.
    fresh.on('error', () => undefined);
    return fresh;
  }

  const flush = () => {
    try {
      destination.flushSync();
    } catch {
      // Not open yet, or the disk is full: what is buffered is written when it can be.
    }
  };

  const rotate = () => {
    flush();
    destination.end();
    try {
      rmSync(path(files - 1), { force: true });
      for (let index = files - 2; index >= 0; index -= 1) {
        if (existsSync(path(index))) renameSync(path(index), path(index + 1));
      }
    } catch {
      // Windows keeps a file that somebody reads: this one grows until the next turn.
    }
    bytes = 0;
    destination = listen(open());
  };

  return {
    write(line: string) {
      destination.write(line);
      bytes += Buffer.byteLength(line);
      if (bytes >= maxBytes) rotate();
    },
    flush,
    close: () =>
      new Promise<void>((resolve) => {
        destination.once('close', resolve);
        destination.once('error', () => resolve());
        destination.end();
      }),
  };
}
