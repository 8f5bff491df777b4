import { Api } from 'telegram/tl/index.js';
import type { Logger } from '../../platform/logger.ts';
import type { PeerId } from '../../platform/chat-types.ts';
import { telegramError } from '../telegram-error.ts';
import type {
  ChannelDifference,
  Difference,
  PositionedUpdate,
  TelegramConnection,
  UpdateBatch,
  UpdateState,
} from '../telegram-port.ts';
import { isAbsent } from './absent.ts';
import type { Invoke } from './calls.ts';
import type { RawUpdate } from './client.ts';
import { mapMessages, readerOf } from './map-message.ts';
import { mapPeers, type Entity } from './map-peer.ts';
import { mapUpdate } from './map-update.ts';
import { toInputChannel } from './peer-ids.ts';

type UpdateCalls = Pick<TelegramConnection, 'updateState' | 'difference' | 'channelDifference'>;
type Raw = RawUpdate['update'];

export type Mapper = {
  /** What cannot be mapped is told once and left out: one odd update must not hold up the others. */
  map(raws: readonly Raw[], entities: Iterable<Entity>): UpdateBatch;
};

export function createMapper(log: Logger, self: () => PeerId | null): Mapper {
  const told = new Set<string>();
  const tellOnce = (name: string, event: 'telegram.update-unknown' | 'telegram.update-unreadable') => {
    if (told.has(name)) return;
    told.add(name);
    log.info({ name }, event);
  };
  return {
    map(raws, entities) {
      const peers = mapPeers(entities);
      const reader = readerOf(self(), peers);
      const updates = raws.flatMap((raw): PositionedUpdate[] => {
        try {
          const mapped = mapUpdate(raw, reader);
          if (mapped === undefined) return [];
          if ('update' in mapped) return [mapped.update];
          tellOnce(mapped.unknown, 'telegram.update-unknown');
        } catch {
          // What it holds is nobody's to read in a log; its name is enough to find it.
          tellOnce(raw.className, 'telegram.update-unreadable');
        }
        return [];
      });
      return { updates, peers };
    },
  };
}

/** Hands on as one batch what came in one container: the library calls for each update, all in one turn. */
export function createUpdateFeed(mapper: Mapper, emit: (batch: UpdateBatch) => void) {
  let waiting: RawUpdate[] = [];
  const flush = () => {
    const burst = waiting;
    waiting = [];
    const batch = mapper.map(
      burst.map(({ update }) => update),
      new Set(burst.flatMap(({ entities }) => entities)),
    );
    if (batch.updates.length > 0 || batch.peers.length > 0) emit(batch);
  };
  return (raw: RawUpdate) => {
    waiting.push(raw);
    if (waiting.length === 1) queueMicrotask(flush);
  };
}

const channelLimit = 100;

export function createUpdateCalls(invoke: Invoke, mapper: Mapper, self: () => PeerId | null): UpdateCalls {
  const quietly = { priority: 'background', repeatable: true } as const;
  const part = (
    found: { newMessages: Api.TypeMessage[]; otherUpdates: Api.TypeUpdate[] },
    entities: readonly Entity[],
  ) => {
    const { updates, peers } = mapper.map(found.otherUpdates, entities);
    return { updates, peers, messages: mapMessages(found.newMessages, readerOf(self(), peers)) };
  };

  return {
    async updateState() {
      return toState(await invoke(new Api.updates.GetState(), quietly));
    },
    async difference({ pts, qts, date }): Promise<Difference> {
      const found = await invoke(new Api.updates.GetDifference({ pts, qts, date }), quietly);
      if (found instanceof Api.updates.DifferenceEmpty) {
        return { kind: 'empty', date: found.date, seq: found.seq };
      }
      if (found instanceof Api.updates.DifferenceTooLong) return { kind: 'too-long', pts: found.pts };
      const more = found instanceof Api.updates.DifferenceSlice;
      const state = toState(more ? found.intermediateState : found.state);
      return { kind: 'part', ...part(found, [...found.users, ...found.chats]), state, more };
    },
    async channelDifference(channel, pts): Promise<ChannelDifference> {
      const request = new Api.updates.GetChannelDifference({
        channel: toInputChannel(channel),
        filter: new Api.ChannelMessagesFilterEmpty(),
        pts,
        limit: channelLimit,
      });
      const found = await invoke(request, quietly);
      if (found instanceof Api.updates.ChannelDifferenceEmpty) {
        return {
          kind: 'empty',
          pts: found.pts,
          messages: [],
          updates: [],
          peers: [],
          more: found.final !== true,
        };
      }
      const entities = [...found.users, ...found.chats];
      if (found instanceof Api.updates.ChannelDifferenceTooLong) {
        const { dialog, messages } = found;
        if (!(dialog instanceof Api.Dialog) || isAbsent(dialog.pts)) throw telegramError('unexpected-answer');
        const newest = part({ newMessages: messages, otherUpdates: [] }, entities);
        return { kind: 'too-long', ...newest, pts: dialog.pts, more: found.final !== true };
      }
      return { kind: 'part', ...part(found, entities), pts: found.pts, more: found.final !== true };
    },
  };
}

function toState({ pts, qts, date, seq }: Api.updates.TypeState): UpdateState {
  return { pts, qts, date, seq };
}

/** The updates and people inside what a sending call answers. */
export function openUpdates(answer: Api.TypeUpdates): {
  readonly raws: readonly Raw[];
  readonly entities: readonly Entity[];
} {
  if (answer instanceof Api.Updates || answer instanceof Api.UpdatesCombined) {
    return { raws: answer.updates, entities: [...answer.users, ...answer.chats] };
  }
  return { raws: answer instanceof Api.UpdateShort ? [answer.update] : [answer], entities: [] };
}
