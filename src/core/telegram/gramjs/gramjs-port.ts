import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { systemRandom, type Random } from '../../platform/random.ts';
import { telegramError } from '../telegram-error.ts';
import type { OpenOptions, TelegramConnection, TelegramPort } from '../telegram-port.ts';
import { readSession } from './session-text.ts';

export type GramjsParts = {
  readonly clock: Clock;
  readonly log: Logger;
  /** As Telegram shows it in the account's list of devices. */
  readonly device: { readonly model: string; readonly system: string; readonly app: string };
  readonly random?: Random;
};

/** Telegram over GramJS. The library takes half a second and 46 MB to load, so it comes with the first connection. */
export function createGramjsPort({ clock, log, device, random = systemRandom }: GramjsParts): TelegramPort {
  return {
    open(options) {
      const saved = options.session === undefined ? undefined : readSession(options.session);
      return openLater(options, async () => {
        const { openEngine } = await import('./engine.ts');
        return openEngine({ clock, log, device, random }, options, saved);
      });
    },
  };
}

/** Until it is connected there is nothing to ask and nothing to close. */
function openLater({ session }: OpenOptions, load: () => Promise<TelegramConnection>): TelegramConnection {
  let loading: Promise<TelegramConnection> | undefined;
  let live: TelegramConnection | undefined;
  let isClosed = false;

  const engine = (): TelegramConnection => {
    if (isClosed) throw closed();
    if (live === undefined) throw telegramError('network-unreachable');
    return live;
  };

  return {
    async connect(signal) {
      if (isClosed) throw closed();
      loading ??= load();
      const loaded = await loading;
      if (isClosed) throw closed();
      live = loaded;
      await loaded.connect(signal);
    },
    reconnect: () => live?.reconnect(),
    session: () => live?.session() || (session ?? ''),
    async close() {
      isClosed = true;
      await live?.close();
    },
    requestQr: async () => engine().requestQr(),
    requestCode: async (phone) => engine().requestCode(phone),
    resendCode: async (code) => engine().resendCode(code),
    cancelCode: async (code) => engine().cancelCode(code),
    submitCode: async (given) => engine().submitCode(given),
    passwordHint: async () => engine().passwordHint(),
    submitPassword: async (password) => engine().submitPassword(password),
    logOut: async () => engine().logOut(),
    self: async () => engine().self(),
    updateState: async () => engine().updateState(),
    difference: async (from) => engine().difference(from),
    channelDifference: async (channel, pts) => engine().channelDifference(channel, pts),
    dialogs: async (page) => engine().dialogs(page),
    folders: async () => engine().folders(),
    history: async (peer, page) => engine().history(peer, page),
    messages: async (peer, ids) => engine().messages(peer, ids),
    send: async (message, hooks, signal) => engine().send(message, hooks, signal),
    markRead: async (peer, maxId) => engine().markRead(peer, maxId),
    download: async (file, write, signal) => engine().download(file, write, signal),
  };
}

function closed(): AppError {
  return new AppError('cancelled', { message: 'Telegram: connection closed' });
}
