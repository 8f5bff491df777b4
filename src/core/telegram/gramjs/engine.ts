import { Api } from 'telegram/tl/index.js';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { AppError } from '../../../shared/errors.ts';
import type { OpenOptions, TelegramConnection, UpdateBatch } from '../telegram-port.ts';
import { createInvoke } from './calls.ts';
import type { Device, RawUpdate } from './client.ts';
import { createDialogCalls } from './dialogs.ts';
import { createDownload } from './download.ts';
import { createFileClients } from './file-clients.ts';
import { createHistoryCalls } from './history.ts';
import { createLanes } from './lanes.ts';
import { createLink } from './link.ts';
import { createPauses } from './pauses.ts';
import { createSend } from './send.ts';
import type { SavedSession } from './session-text.ts';
import { createSignIn } from './sign-in.ts';
import { createMapper, createUpdateCalls, createUpdateFeed } from './updates.ts';
import { createUpload } from './upload.ts';

export type EngineParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly device: Device;
};

/** A connection as the port wants it, out of a client, its calls and its files. */
export function openEngine(
  { clock, random, log, device }: EngineParts,
  { api, network, events }: OpenOptions,
  saved: SavedSession | undefined,
): TelegramConnection {
  const ending = new AbortController();
  const closing = ending.signal;
  const options = { api, network, device };
  const self = () => link.self;
  const emit = (batch: UpdateBatch) => {
    if (!closing.aborted) events.onUpdates(batch);
  };
  const mapper = createMapper(log, self);
  const feed = createUpdateFeed(mapper, emit);
  const onUpdate = (raw: RawUpdate) => {
    feed(raw);
    // Any call that needs an account finds out whether it is true, and then it is told.
    if (isEndNotice(raw)) void invoke(new Api.updates.GetState()).catch(() => undefined);
  };
  const link = createLink({ clock, log, options, saved, events, onUpdate, closing });
  const lanes = createLanes();
  const pauses = createPauses(clock, events.onPause);
  const { ask, judge } = link;
  const invoke = createInvoke({ clock, lanes, pauses, closing, ask, judge });
  const files = createFileClients({
    clock,
    log,
    options,
    link,
    invoke,
    lanes: createLanes(),
    pauses,
    closing,
  });
  const upload = createUpload(files, random);

  return {
    connect: link.connect,
    reconnect: link.reconnect,
    session: link.session,
    async close() {
      if (closing.aborted) return;
      ending.abort(new AppError('cancelled', { message: 'Telegram: connection closed' }));
      await Promise.all([link.close(), files.close()]);
    },
    ...createSignIn({ clock, api, link, invoke }),
    ...createUpdateCalls(invoke, mapper, self),
    ...createDialogCalls(invoke, self),
    ...createHistoryCalls(invoke, self, emit),
    send: createSend({ invoke, upload, mapper, self, emit }),
    download: createDownload(files),
  };
}

/** Telegram's word to a device whose session is being ended. */
function isEndNotice({ update }: RawUpdate): boolean {
  return update instanceof Api.UpdateServiceNotification && update.type.startsWith('AUTH_KEY_DROP');
}
