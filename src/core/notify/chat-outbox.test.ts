import { beforeEach, describe, expect, test } from 'vitest';
import { createChatKit, type ChatKit } from '../../../test/support/chat-kit.ts';
import { channelReceipts } from '../../shared/domain/channels.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChatRecord } from '../db/chat-records.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { createLetterOutcomes } from '../letters/letter-outcomes.ts';
import { silentLogger } from '../platform/logger.ts';
import type { Channel } from './channel.ts';
import { createOutboxRunner, type OutboxRunner } from './outbox-runner.ts';

type Script = (record: OutboxRecord, wrote: () => void, signal: AbortSignal) => Promise<string>;

let kit: ChatKit;
let person: number;
let brigade: ChatRecord;
let lisin: ChatRecord;
let script: Script;
let left: number[];

beforeEach(() => {
  kit = createChatKit();
  person = kit.addPerson('Орлова');
  brigade = kit.chat('Бригада', 'supergroup');
  lisin = kit.chat('Лисин');
  script = async () => '#1';
  left = [];
});

const alive = new AbortController().signal;
const telegram: Channel = {
  receipts: channelReceipts.telegram,
  isIdempotent: true,
  async deliver(record, { wrote }, signal) {
    const response = await script(record, wrote, signal);
    left.push(record.id);
    return { response };
  },
};
const runnerOver = (): OutboxRunner =>
  createOutboxRunner({
    db: kit.db,
    store: kit.stores.outbox,
    channels: { mail: telegram, telegram },
    outcomes: createLetterOutcomes(kit.desk),
    clock: kit.clock,
    log: silentLogger,
  });
const write = (chat: ChatRecord) =>
  kit.chats.send(
    { chatId: chat.id, text: 'Выезжайте', entities: [], replyTo: null, files: [], incidentId: null },
    person,
  ).outboxId;
const stateOf = (id: number) => kit.stores.outbox.require(id).state;
const floodOf = (seconds: number, scope: 'chat' | 'channel') =>
  new AppError('rate-limited', {
    details: { reason: 'flood-wait', scope, certainty: 'not-sent' },
    retryAfterMs: seconds * 1000,
  });

describe('a chat told to wait', () => {
  test('keeps its own order and holds no other chat, however long it waits', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const [first, second, other] = [write(brigade), write(brigade), write(lisin)];
    script = (record) =>
      record.id === first ? Promise.reject(floodOf(86_400, 'chat')) : Promise.resolve('#1');

    await kit.clock.advance(11_000);
    expect([first, second, other].map(stateOf)).toEqual(['queued', 'queued', 'accepted']);
    await kit.clock.advance(3_600_000);
    expect(left).toEqual([other]);

    script = async () => '#1';
    await kit.clock.advance(86_400_000);

    expect(left).toEqual([other, first, second]);
    await runner.stop();
  });

  test('is not asked earlier because the network came back', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(brigade);
    let tries = 0;
    script = () => {
      tries += 1;
      return Promise.reject(floodOf(3600, 'chat'));
    };
    await kit.clock.advance(11_000);

    runner.wake();
    await kit.clock.advance(60_000);

    expect([tries, stateOf(id)]).toEqual([1, 'queued']);
    await runner.stop();
  });

  test('again and again is never given up', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(brigade);
    script = () => Promise.reject(floodOf(30, 'chat'));

    await kit.clock.advance(100 * 60_000);

    expect(kit.stores.outbox.require(id).attempts).toBeGreaterThan(100);
    expect(stateOf(id)).toBe('queued');
    await runner.stop();
  });
});

test('a long upload in one chat does not hold a word in another', async () => {
  const runner = runnerOver();
  await runner.start(alive);
  const [film, word] = [write(brigade), write(lisin)];
  script = (record, _wrote, signal) =>
    record.id === word
      ? Promise.resolve('#1')
      : new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled')), { once: true });
        });

  await kit.clock.advance(11_000);

  expect([film, word].map(stateOf)).toEqual(['sending', 'accepted']);
  await runner.stop();
});

test('what was written without a connection leaves in the order of each chat once there is one', async () => {
  const runner = runnerOver();
  await runner.start(alive);
  script = () =>
    Promise.reject(
      new AppError('unavailable', { details: { reason: 'network-unreachable', scope: 'channel' } }),
    );
  const ids = [write(brigade), write(lisin), write(brigade), write(lisin), write(brigade)];
  await kit.clock.advance(3_600_000);
  expect(runner.health()).toMatchObject({ state: 'degraded', reason: 'network-unreachable' });

  script = async () => '#1';
  runner.wake();
  await kit.clock.advance(1000);

  const of = (...at: number[]) => at.map((index) => ids[index]);
  expect(left.filter((id) => of(0, 2, 4).includes(id))).toEqual(of(0, 2, 4));
  expect(left.filter((id) => of(1, 3).includes(id))).toEqual(of(1, 3));
  await runner.stop();
});

describe('a try without an answer', () => {
  const silent: Script = (_record, wrote) => {
    wrote();
    return Promise.reject(new AppError('timeout', { message: 'no answer' }));
  };

  test('is made again with the same message: Telegram takes it once', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(lisin);
    const before = kit.chatMessages.ofMessage(kit.stores.outbox.require(id).messageId)[0]!.randomId;
    script = silent;
    await kit.clock.advance(11_000);
    expect(stateOf(id)).toBe('queued');

    script = async () => '#1';
    await kit.clock.advance(10_000);

    expect(stateOf(id)).toBe('accepted');
    expect(kit.chatMessages.ofMessage(kit.stores.outbox.require(id).messageId)[0]!.randomId).toBe(before);
    expect(kit.stores.outbox.attempts(id).map(({ outcome }) => outcome)).toEqual(['retry', 'accepted']);
    await runner.stop();
  });

  test('stays remembered while the network is away: what may have arrived is not taken back', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(lisin);
    script = silent;
    await kit.clock.advance(11_000);
    script = () => Promise.reject(new AppError('unavailable', { details: { certainty: 'not-sent' } }));
    await kit.clock.advance(60_000);

    expect(() => kit.chats.takeBack(id, person)).toThrow();
    await runner.stop();
  });

  test('but a plain refusal to take it now can be taken back', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(lisin);
    script = (_record, wrote) => {
      wrote();
      return Promise.reject(floodOf(3600, 'chat'));
    };
    await kit.clock.advance(11_000);

    kit.chats.takeBack(id, person);

    expect(stateOf(id)).toBe('cancelled');
    await runner.stop();
  });
});

test.each([true, false])(
  'after a crash in the middle of sending (written: %s) it is sent again',
  async (wrote) => {
    const id = write(lisin);
    kit.db.transact((revision) => {
      const record = kit.stores.outbox.require(id);
      const wroteAt = wrote ? kit.clock.now() : null;
      kit.stores.outbox.save({ ...record, state: 'sending', leaseUntil: 1, wroteAt, attempts: 1, revision });
      kit.stores.outbox.beginAttempt(id, kit.clock.now());
    });
    const runner = runnerOver();

    await runner.start(alive);
    await kit.clock.advance(11_000);

    expect([left, stateOf(id)]).toEqual([[id], 'accepted']);
    await runner.stop();
  },
);

test('refused for good says why, and a person may send it again or take it back', async () => {
  const runner = runnerOver();
  await runner.start(alive);
  const id = write(brigade);
  script = () =>
    Promise.reject(new AppError('denied', { details: { reason: 'write-forbidden', certainty: 'refused' } }));

  await kit.clock.advance(11_000);

  expect(kit.stores.outbox.require(id)).toMatchObject({ state: 'failed', errorCode: 'write-forbidden' });
  expect(runner.health()).toMatchObject({ state: 'needs-attention', facts: { failed: 1 } });
  kit.chats.takeBack(id, person);
  expect(kit.chats.open(brigade.id, person).draft?.text).toBe('Выезжайте');
  await runner.stop();
});

describe('a message whose files are on their way', () => {
  const uploading: Script = (_record, _wrote, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });

  test('is taken back: the upload ends, the words are a draft again, and the next message leaves', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const [first, second] = [write(brigade), write(brigade)];
    script = (...given) => (given[0].id === first ? uploading(...given) : Promise.resolve('#2'));
    await kit.clock.advance(11_000);
    expect([first, second].map(stateOf)).toEqual(['sending', 'queued']);

    kit.chats.takeBack(first, person);
    await kit.clock.advance(1000);

    expect([first, second].map(stateOf)).toEqual(['cancelled', 'accepted']);
    expect(left).toEqual([second]);
    expect(kit.chats.open(brigade.id, person).draft?.text).toBe('Выезжайте');
    expect(kit.stores.outbox.attempts(first)).toMatchObject([{ outcome: 'retry', code: 'cancelled' }]);
    expect(runner.health().state).toBe('ok');
    await runner.stop();
  });

  test('stays what it is once its first byte may have been written', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(brigade);
    script = (record, wrote, signal) => {
      wrote();
      return uploading(record, wrote, signal);
    };
    await kit.clock.advance(11_000);

    expect(() => kit.chats.takeBack(id, person)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ reason: 'already-leaving' }) }),
    );
    expect(stateOf(id)).toBe('sending');
    await runner.stop();
  });

  test('is not said when it was taken back the moment before', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = write(brigade);
    const said: string[] = [];
    script = async (_record, wrote) => {
      kit.chats.takeBack(id, person);
      wrote();
      said.push('said');
      return '#1';
    };

    await kit.clock.advance(60_000);

    expect([said, stateOf(id)]).toEqual([[], 'cancelled']);
    await runner.stop();
  });
});
