import { telegramError } from '../telegram-error.ts';
import type { TelegramConnection } from '../telegram-port.ts';
import { call, requireSignedIn, type CallParts } from './twin-call.ts';
import { fileReference } from './twin-views.ts';

const partBytes = 128 * 1024;

export function fileCalls(parts: CallParts): Pick<TelegramConnection, 'download'> {
  const { state, link } = parts;
  return {
    download: ({ location }, write, signal) =>
      call(parts, 'download', async () => {
        requireSignedIn(parts);
        const file = state.files.get(location.id);
        if (!file) throw telegramError('file-missing');
        if (location.reference !== fileReference(state)) throw telegramError('file-expired');
        for (let at = 0; at < file.bytes.length; at += partBytes) {
          signal.throwIfAborted();
          link.closing.signal.throwIfAborted();
          if (link.state !== 'ready') throw telegramError('network-unreachable');
          await write(file.bytes.subarray(at, at + partBytes));
        }
      }),
  };
}
