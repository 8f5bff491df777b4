import { Logger } from 'telegram/extensions/index.js';
import type { Logger as DeskLogger } from '../../platform/logger.ts';

/** Sentences of the library that say something and name nobody; the rest is told as its beginning without numbers. */
const told: readonly (readonly [RegExp, string])[] = [
  [/^Disconnecting/, 'disconnecting'],
  [/^\[Reconnect\]/, 'reconnecting'],
  [/^Connection closed while/, 'connection-closed'],
  [/^WebSocket connection failed/, 'connect-failed'],
  [/^Broken authorization key/, 'key-unknown'],
  [/^Security error/, 'security'],
  [/^Invalid buffer/, 'invalid-answer'],
  [/^Telegram is having internal issues/, 'server-trouble'],
  [/^Message payload/, 'payload-too-long'],
];

const ordinary: ReadonlySet<string> = new Set([
  'disconnecting',
  'reconnecting',
  'connection-closed',
  'connect-failed',
]);

/**
 * GramJS prints addresses, and bodies of odd answers. Nothing of it is printed (it asks `canSend` before it writes to
 * the console behind its own logger), and what reaches our log is a code.
 */
export function createLibraryLog(log: DeskLogger): Logger {
  const tell = (message: string, level: 'warn' | 'error') => {
    const what = told.find(([pattern]) => pattern.test(message))?.[1] ?? firstWords(message);
    if (ordinary.has(what)) log.debug({ what }, 'telegram.library-said');
    else log.warn({ what, level }, 'telegram.library-said');
  };
  return new (class LibraryLog extends Logger {
    override canSend() {
      return false;
    }
    override warn(message: string) {
      tell(message, 'warn');
    }
    override error(message: string) {
      tell(message, 'error');
    }
    override info() {}
    override debug() {}
  })();
}

function firstWords(message: string): string {
  return (/^[A-Za-z ]{0,40}/.exec(message)?.[0] ?? '').trim() || 'other';
}
