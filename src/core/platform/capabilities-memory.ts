import { AppError } from '../../shared/errors.ts';
import type { Capabilities, Notice } from './capabilities.ts';

export type MemoryCapabilities = Capabilities & {
  /** What the shell would have done, oldest first. */
  readonly seen: {
    readonly notices: Notice[];
    beeps: number;
    readonly opened: string[];
    badge: number;
    awake: boolean;
    restarts: number;
  };
};

const prefix = 'memory:';

/** A shell without a machine, for tests. */
export function createMemoryCapabilities(): MemoryCapabilities {
  const seen: MemoryCapabilities['seen'] = {
    notices: [],
    beeps: 0,
    opened: [],
    badge: 0,
    awake: false,
    restarts: 0,
  };
  return {
    seen,
    secretBox: {
      kind: 'memory',
      seal: (plain) => prefix + Buffer.from(plain, 'utf8').toString('base64'),
      open(sealed) {
        if (!sealed.startsWith(prefix)) {
          throw new AppError('denied', { details: { reason: 'secret-unreadable' } });
        }
        return Buffer.from(sealed.slice(prefix.length), 'base64').toString('utf8');
      },
    },
    notifier: {
      available: true,
      show: (notice) => void seen.notices.push(notice),
      beep() {
        seen.beeps += 1;
      },
    },
    opener: {
      async external(url) {
        if (!/^(https?|mailto):/i.test(url)) throw new AppError('denied', { details: { reason: 'scheme' } });
        seen.opened.push(url);
      },
    },
    attention: {
      available: true,
      tray: false,
      badge(count) {
        seen.badge = count;
      },
    },
    wakefulness: {
      available: true,
      hold(awake) {
        seen.awake = awake;
      },
    },
    restarter: {
      restart() {
        seen.restarts += 1;
      },
    },
  };
}
