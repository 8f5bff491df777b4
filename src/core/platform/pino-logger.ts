import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from './logger.ts';
import { redact } from './redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export type LogFile = {
  readonly log: Logger;
  setLevel(level: LogLevel): void;
  /** What was logged so far is written now; for a process about to end. */
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

/** Lines are gathered for one turn of the event loop, then written in one call. */
function createRotatingFile(directory: string, maxBytes: number, files: number) {
  const path = (index: number) => join(directory, index === 0 ? 'pult.log' : `pult.${index}.log`);
  let waiting: string[] = [];
  let file: number | undefined;
  let bytes = 0;
  let closed = false;

  const open = () => {
    mkdirSync(directory, { recursive: true });
    const opened = openSync(path(0), 'a', 0o600);
    bytes = fstatSync(opened).size;
    return opened;
  };

  const rotate = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
    rmSync(path(files - 1), { force: true });
    for (let index = files - 2; index >= 0; index -= 1) {
      if (existsSync(path(index))) renameSync(path(index), path(index + 1));
    }
  };

  const flush = () => {
    const text = waiting.join('');
    waiting = [];
    if (!text) return;
    try {
      file ??= open();
      bytes += writeSync(file, text);
      if (bytes >= maxBytes) rotate();
    } catch {
      // No room, or Windows holds a file somebody reads: there is nowhere to say it, and the desk goes on.
    }
  };

  return {
    write(line: string) {
      if (closed) return;
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(line);
    },
    flush,
    async close() {
      flush();
      closed = true;
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
