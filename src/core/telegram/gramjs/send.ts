import { Api } from 'telegram/tl/index.js';
import type { PeerId } from '../../platform/chat-types.ts';
import { telegramError } from '../telegram-error.ts';
import type {
  OutgoingFile,
  OutgoingMessage,
  SendHooks,
  SentMessage,
  TelegramConnection,
  UpdateBatch,
} from '../telegram-port.ts';
import type { CallOptions, Invoke } from './calls.ts';
import { mapSentMessage } from './map-message.ts';
import { toApiEntities, toLong } from './map-text.ts';
import { inAlbums, toKeptMedia, toUploadedMedia } from './outgoing-media.ts';
import { toInputPeer } from './peer-ids.ts';
import { rpcName, toTelegramError } from './telegram-errors.ts';
import type { Upload } from './upload.ts';
import { openUpdates, type Mapper } from './updates.ts';

type Parts = {
  readonly invoke: Invoke;
  readonly upload: Upload;
  readonly mapper: Mapper;
  readonly self: () => PeerId | null;
  readonly emit: (batch: UpdateBatch) => void;
};

/** One request of a message: all of it, or one album of a longer row of files. */
type Part = {
  readonly message: OutgoingMessage;
  readonly text: string;
  readonly files: readonly OutgoingFile[];
  readonly randomIds: readonly string[];
};

export function createSend({ invoke, upload, mapper, self, emit }: Parts): TelegramConnection['send'] {
  /** Own answers have places in the log too: without them the next update looks as if one was lost. */
  const tell = (answer: Api.TypeUpdates, { message, text, randomIds }: Part): readonly SentMessage[] => {
    if (answer instanceof Api.UpdateShortSentMessage) {
      const { peer, replyTo } = message;
      const { id, pts, ptsCount: count } = answer;
      const [randomId = ''] = randomIds;
      const sent = mapSentMessage(answer, { peer: peer.id, from: self(), text, replyTo });
      emit({
        updates: [
          { update: { kind: 'message-id', id, randomId }, pts: null, count: 0, channel: null },
          { update: { kind: 'message', message: sent }, pts, count, channel: null },
        ],
        peers: [],
      });
      return [{ randomId, id, sentAt: sent.sentAt, file: sent.file }];
    }
    const { raws, entities } = openUpdates(answer);
    const batch = mapper.map(raws, entities);
    emit(batch);
    return findSent(batch, randomIds);
  };

  const toMedia = async (
    part: Part,
    progress: (file: OutgoingFile, bytes: number) => void,
    signal: AbortSignal,
  ) => {
    const { files, message } = part;
    const media: Api.TypeInputMedia[] = [];
    for (const file of files) {
      const uploaded = toUploadedMedia(file, await upload(file, (bytes) => progress(file, bytes), signal));
      if (files.length === 1) return [uploaded];
      const peer = toInputPeer(message.peer);
      const kept = await invoke(new Api.messages.UploadMedia({ peer, media: uploaded }), { signal });
      media.push(toKeptMedia(kept));
    }
    return media;
  };

  const sendPart = async (part: Part, media: readonly Api.TypeInputMedia[], options: CallOptions) => {
    try {
      return tell(await invoke(toRequest(part, media, part.message.replyTo), options), part);
    } catch (error) {
      // What was answered is gone by now; the answer matters more than what it hangs on.
      if (part.message.replyTo === null || rpcName(error) !== 'REPLY_MESSAGE_ID_INVALID') throw error;
      return tell(await invoke(toRequest(part, media, null), options), part);
    }
  };

  return async (message, hooks, signal) => {
    const parts = toParts(message);
    const options: CallOptions = { signal, direct: true, onSend: once(() => hooks.wrote()) };
    const progress = trackProgress(hooks);
    const sent: SentMessage[] = [];
    let wasSentBefore = false;
    for (const part of parts) {
      const media = await toMedia(part, progress, signal);
      try {
        sent.push(...(await sendPart(part, media, options)));
      } catch (error) {
        // The rest of the row may still be owed.
        if (toTelegramError(error).reason !== 'already-sent') throw error;
        wasSentBefore = true;
      }
    }
    if (wasSentBefore) throw telegramError('already-sent');
    return sent;
  };
}

function toParts(message: OutgoingMessage): readonly Part[] {
  const { files, randomIds, text } = message;
  if (randomIds.length !== Math.max(1, files.length))
    throw new Error('one random id for each message is needed');
  if (files.length === 0) return [{ message, text, files, randomIds }];
  let used = 0;
  return inAlbums(files).map((album, index) => {
    const from = used;
    used += album.length;
    return { message, text: index === 0 ? text : '', files: album, randomIds: randomIds.slice(from, used) };
  });
}

function toRequest(
  { message, text, files, randomIds }: Part,
  media: readonly Api.TypeInputMedia[],
  answered: number | null,
) {
  const peer = toInputPeer(message.peer);
  const entities = text === '' ? undefined : toApiEntities(message.entities);
  const replyTo = answered === null ? undefined : new Api.InputReplyToMessage({ replyToMsgId: answered });
  const [randomId = ''] = randomIds;
  const [only] = media;
  if (only === undefined) {
    return new Api.messages.SendMessage({
      peer,
      message: text,
      entities,
      replyTo,
      randomId: toLong(randomId),
    });
  }
  if (files.length === 1) {
    const caption = { message: text, entities };
    return new Api.messages.SendMedia({ peer, media: only, ...caption, replyTo, randomId: toLong(randomId) });
  }
  const multiMedia = media.map((each, index) => {
    const caption = index === 0 ? { message: text, entities } : { message: '' };
    return new Api.InputSingleMedia({ media: each, randomId: toLong(randomIds[index] ?? '0'), ...caption });
  });
  return new Api.messages.SendMultiMedia({ peer, multiMedia, replyTo });
}

function findSent({ updates }: UpdateBatch, randomIds: readonly string[]): readonly SentMessage[] {
  return randomIds.map((randomId) => {
    const numbered = updates.flatMap(({ update }) =>
      update.kind === 'message-id' && update.randomId === randomId ? [update.id] : [],
    );
    const messages = updates.flatMap(({ update }) => (update.kind === 'message' ? [update.message] : []));
    const message = messages.find(({ id }) => id === numbered[0]);
    // It left, but what became of it has to be looked up.
    if (message === undefined) throw telegramError('unexpected-answer');
    return { randomId, id: message.id, sentAt: message.sentAt, file: message.file };
  });
}

function trackProgress({ onProgress }: SendHooks) {
  const sentBytes = new Map<OutgoingFile, number>();
  return (file: OutgoingFile, bytes: number) => {
    sentBytes.set(file, bytes);
    onProgress?.([...sentBytes.values()].reduce((sum, each) => sum + each, 0));
  };
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
