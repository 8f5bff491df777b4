import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Arrival, createChatKit, type ChatKit } from '../../../../../test/support/chat-kit.ts';
import {
  createMemoryInbox,
  describeRoute,
  listen,
  makeDispatch,
  type MemoryInbox,
  type RouteScene,
} from '../../../../../test/support/route-contract.ts';
import { channelReceipts } from '../../../../shared/domain/channels.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { ChatRecord } from '../../../db/chat-records.ts';
import type { OutboxRecord } from '../../../db/outbox-store.ts';
import { createLetterOutcomes } from '../../../letters/letter-outcomes.ts';
import { chatAddress } from '../../../platform/chat-reach.ts';
import { silentLogger } from '../../../platform/logger.ts';
import type { Channel } from '../../channel.ts';
import { createOutboxRunner } from '../../outbox-runner.ts';
import { createTelegramDriver } from './telegram-driver.ts';

const waitSeconds = 40;
const timeoutMs = 5000;

/** The desk's chats and outbox as they are, with a Telegram that the test plays. */
async function createRig(kit: ChatKit = createChatKit()) {
  const chat = kit.chat('Седов');
  let scene: RouteScene = 'well';
  let isConnected = true;
  let serverId = 1000;
  const taken: { readonly text: string }[] = [];

  function number(record: OutboxRecord): void {
    kit.db.transact((revision) => {
      for (const row of kit.chatMessages.ofMessage(record.messageId)) {
        serverId += 1;
        kit.chatMessages.save({ ...row, serverId, sentAt: kit.clock.now(), revision });
      }
      kit.db.touch('chat', chat.id);
    });
  }

  const telegram: Channel = {
    receipts: channelReceipts.telegram,
    isIdempotent: true,
    async deliver(record, { wrote }, signal) {
      if (scene === 'throttles') {
        const details = { reason: 'flood-wait', scope: 'chat', certainty: 'not-sent' };
        throw new AppError('rate-limited', { details, retryAfterMs: waitSeconds * 1000 });
      }
      if (scene === 'refuses') {
        throw new AppError('denied', { details: { reason: 'spam-limit', certainty: 'refused' } });
      }
      wrote();
      taken.push({ text: kit.chatMessages.ofMessage(record.messageId)[0]?.text ?? '' });
      if (scene === 'silent') {
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled')), { once: true });
        });
      }
      if (scene === 'hangs-up') throw new AppError('unavailable', { details: { reason: 'connection-lost' } });
      if (scene === 'garbage') throw new AppError('upstream', { details: { reason: 'unexpected-answer' } });
      number(record);
      return { response: `#${serverId}` };
    },
  };
  const runner = createOutboxRunner({
    db: kit.db,
    store: kit.stores.outbox,
    channels: { mail: telegram, telegram },
    outcomes: createLetterOutcomes(kit.desk),
    clock: kit.clock,
    log: silentLogger,
  });
  await runner.start(new AbortController().signal);
  const reach = kit.chats.reach({
    isConnected: () => isConnected,
    connected: () => (isConnected ? 1 : 0),
  });
  const config = { routeId: 5, name: 'Telegram', fields: {}, proxy: '', timeoutMs };
  const driver = createTelegramDriver(reach)(
    { clock: kit.clock, random: kit.desk.random, log: silentLogger },
    config,
  );
  return {
    kit,
    chat,
    driver,
    taken,
    reach,
    runner,
    play: (next: RouteScene) => {
      scene = next;
    },
    connect: (now: boolean) => {
      isConnected = now;
    },
  };
}

describeRoute('telegram', async ({ clock }) => {
  const rig = await createRig({ ...createChatKit(), clock } as ChatKit);
  return {
    driver: rig.driver,
    timeoutMs,
    dispatch: { address: chatAddress(rig.chat.id) },
    play: rig.play,
    leave: async () => rig.connect(false),
    taken: () => rig.taken,
    refusal: 'message-refused',
    throttledMs: waitSeconds * 1000,
    logsIn: false,
    stop: rig.runner.stop,
  };
});

type Rig = Awaited<ReturnType<typeof createRig>>;
let rig: Rig;
let chat: ChatRecord;

beforeEach(async () => {
  rig = await createRig();
  ({ chat } = rig);
});

const send = (over: Parameters<typeof makeDispatch>[1] = {}, signal = new AbortController().signal) =>
  rig.driver.send(
    makeDispatch({ dispatch: { address: chatAddress(chat.id) } }, over),
    { wrote: () => {} },
    signal,
  );
const hearing = (inbox: MemoryInbox = createMemoryInbox()) => {
  const listening = listen(rig.driver, inbox);
  onTestFinished(listening.stop);
  return inbox;
};
const ours = () => rig.kit.chatMessages.ofMessage(lastOutbox().messageId)[0]!;
const lastOutbox = () => rig.kit.stores.outbox.rows(true)[0]!;
/** The other side has read up to the newest of ours. */
const read = () =>
  rig.kit.db.transact((revision) => {
    const { serverId } = ours();
    const current = rig.kit.chatStore.require(chat.id);
    rig.kit.chatStore.save({ ...current, readOutboxMax: serverId ?? 0, revision });
    rig.kit.chats.events.readByOther(chat, serverId ?? 0, revision);
  });
/** As the engine does: stored, and told. */
const say = (arrival: Arrival, where = chat) =>
  rig.kit.db.transact(() => {
    rig.kit.db.touch('chat', where.id);
    return rig.kit.arrive(where, arrival);
  });
const settle = () => rig.kit.clock.advance(0);

describe('what is written', () => {
  test('it stands in the chat like any other message, and says in words what may be answered', async () => {
    await send({ verbs: ['accepted', 'cannot'] });

    expect(ours().text).toContain('Мачта без питания');
    expect(ours().text).toContain('Ответьте на это сообщение: «Принял», «Не могу». Код AB23KX.');
    expect(lastOutbox()).toMatchObject({ state: 'accepted', createdBy: null });
  });

  test('more words than a message holds are cut off, and how to answer still stands below them', async () => {
    await send({ text: 'я'.repeat(5000), verbs: ['accepted'] });

    expect(ours().text).toHaveLength(4096);
    expect(ours().text).toMatch(
      /целиком — у диспетчера\]\n\nОтветьте на это сообщение: «Принял»\. Код AB23KX\.$/,
    );
  });

  test('what has not left when its time is over is taken back, and never leaves', async () => {
    const lane = await holdTheLane();

    const sending = send().catch((error: unknown) => error);
    await rig.kit.clock.advance(timeoutMs);

    expect(await sending).toMatchObject({ details: { reason: 'route-timeout', certainty: 'not-sent' } });
    lane.release();
    await rig.kit.clock.advance(60_000);
    expect(rig.taken.filter(({ text }) => text.includes('Мачта'))).toEqual([]);
  });

  test('an acknowledgement elsewhere takes it out of the outbox at once', async () => {
    const lane = await holdTheLane();
    const ending = new AbortController();

    const sending = send({}, ending.signal).catch((error: unknown) => error);
    await settle();
    ending.abort();

    expect(await sending).toMatchObject({ code: 'cancelled', details: { certainty: 'not-sent' } });
    lane.release();
    await rig.kit.clock.advance(60_000);
    expect(rig.taken.filter(({ text }) => text.includes('Мачта'))).toEqual([]);
  });

  test('tried again after it was taken back it is written anew', async () => {
    const lane = await holdTheLane();
    const sending = send().catch((error: unknown) => error);
    await rig.kit.clock.advance(timeoutMs);
    await sending;
    lane.release();
    await rig.kit.clock.advance(60_000);

    await expect(send()).resolves.toMatchObject({ status: 'accepted' });

    expect(rig.taken.filter(({ text }) => text.includes('Мачта'))).toHaveLength(1);
  });

  test('a chat where nobody may write, or that is gone, is the address', async () => {
    const save = (part: Partial<ChatRecord>) =>
      rig.kit.db.transact((revision) =>
        rig.kit.chatStore.save({ ...rig.kit.chatStore.require(chat.id), ...part, revision }),
      );
    save({ canSend: 0 });
    await expect(send()).rejects.toMatchObject({
      details: { reason: 'address-blocked', certainty: 'refused' },
    });
    await expect(send({ address: 'chat:999' })).rejects.toMatchObject({
      details: { reason: 'address-refused', scope: 'address' },
    });
  });

  test('after a crash it is found by its key: it left, or it certainly did not', async () => {
    const dispatch = makeDispatch({ dispatch: { address: chatAddress(chat.id) } });
    const asked = { ...dispatch, providerId: null, sentAt: 0 };
    const signal = new AbortController().signal;
    expect(await rig.driver.find?.(asked, signal)).toBe('absent');

    await send();

    expect(await rig.driver.find?.(asked, signal)).toMatchObject({ status: 'accepted' });
    read();
    expect(await rig.driver.find?.(asked, signal)).toMatchObject({ status: 'read' });
  });
});

/** Another message of the chat is on its way and does not get through: whatever is younger waits. */
async function holdTheLane() {
  rig.play('silent');
  const person = rig.kit.addPerson('Орлова');
  const first = { chatId: chat.id, text: 'Раньше', entities: [], replyTo: null, files: [], incidentId: null };
  const { outboxId } = rig.kit.chats.send(first, person);
  await rig.kit.clock.advance(11_000);
  return {
    release: () => {
      rig.play('well');
      rig.kit.db.transact((revision) => {
        rig.kit.stores.outbox.save({
          ...rig.kit.stores.outbox.require(outboxId),
          state: 'cancelled',
          revision,
        });
        rig.kit.db.touch('outbox');
      });
    },
  };
}

describe('what comes back', () => {
  test('that they have read it is told once, and known after a restart', async () => {
    const inbox = createMemoryInbox();
    const listening = listen(rig.driver, inbox);
    const { providerId } = await send();
    await settle();

    read();
    await settle();
    await listening.stop();
    hearing(inbox);
    await rig.kit.clock.advance(60_000);

    expect(inbox.receipts.map(({ providerId: id, report }) => [id, report.status])).toEqual([
      [providerId, 'accepted'],
      [providerId, 'read'],
    ]);
  });

  test('a reply to it, a code, and what is said right after it are answers', async () => {
    const inbox = hearing();
    await settle();
    const { providerId } = await send();

    say({ text: 'понял, выезжаю', replyTo: ours().serverId, serverId: 2000 });
    say({ text: 'уже в дороге', serverId: 2001 });
    say({ text: 'AB23KX готово', serverId: 2002 });
    await settle();

    expect(inbox.answers.map(({ text, providerId: id }) => [text, id])).toEqual([
      ['понял, выезжаю', providerId],
      ['уже в дороге', providerId],
      ['AB23KX готово', providerId],
    ]);
    expect(new Set(inbox.answers.map(({ eventId }) => eventId)).size).toBe(3);
  });

  test('what they say in a conversation of people is nobody’s answer', async () => {
    const inbox = hearing();
    await settle();
    await send();
    const person = rig.kit.addPerson('Орлова');
    const words = { text: 'Что с актом?', entities: [], replyTo: null, files: [], incidentId: null };
    rig.kit.chats.send({ ...words, chatId: chat.id }, person);
    await rig.kit.clock.advance(11_000);

    say({ text: 'принесу завтра', serverId: 2000 });
    say({ text: 'всем привет', serverId: 2001 }, rig.kit.chat('Лисин'));
    await settle();

    expect(inbox.answers).toEqual([]);
  });

  test('hours later only a reply or a code is an answer', async () => {
    const inbox = hearing();
    await settle();
    await send();
    await rig.kit.clock.advance(13 * 3_600_000);

    say({ text: 'доброе утро', serverId: 2000 });
    say({ text: 'AB23KX принял', serverId: 2001 });
    await settle();

    expect(inbox.answers.map(({ text }) => text)).toEqual(['AB23KX принял']);
  });

  test('a photo is waited for, and comes without its bytes only when they do not', async () => {
    const inbox = hearing();
    await settle();
    await send();
    const [photo] = say({ text: 'вот', serverId: 2000, files: [{}] });
    say({ text: 'и это', serverId: 2001, files: [{}] });
    await settle();
    expect(inbox.answers).toEqual([]);
    expect(rig.kit.wanted).toHaveLength(2);

    rig.kit.db.transact((revision) => {
      const [file] = rig.kit.chatFiles.ofMessage(photo!.id);
      rig.kit.chatFiles.save({ ...file!, sha256: 'f'.repeat(64) });
      rig.kit.chatMessages.save({ ...photo!, revision });
      rig.kit.db.touch('chat', chat.id);
    });
    await settle();
    expect(inbox.answers).toMatchObject([{ text: 'вот', files: [{ sha256: 'f'.repeat(64) }] }]);

    await rig.kit.clock.advance(130_000);
    expect(inbox.answers[1]).toMatchObject({ text: 'и это', files: [] });
  });

  test('a place is an answer with its place', async () => {
    const inbox = hearing();
    await settle();
    await send();

    const extra = { kind: 'location', latitude: 55.75, longitude: 37.61, live: false, title: null } as const;
    say({ extra, serverId: 2000 });
    await settle();

    expect(inbox.answers).toMatchObject([{ place: { latitude: 55.75, longitude: 37.61 } }]);
  });

  test('what could not be written is taken again, and nothing before the route was there is taken at all', async () => {
    say({ text: 'AB23KX старое', serverId: 900 });
    const inbox = createMemoryInbox();
    let isFull = true;
    const failing: MemoryInbox = {
      ...inbox,
      answer: (event) => {
        if (isFull) throw new Error('disk full');
        return inbox.answer(event);
      },
    };
    const first = listen(rig.driver, failing);
    await settle();
    await send();
    say({ text: 'принял', serverId: 2000 });
    await settle();
    await first.stop();
    expect(inbox.answers).toEqual([]);

    isFull = false;
    hearing(failing);
    await settle();

    expect(inbox.answers.map(({ text }) => text)).toEqual(['принял']);
  });

  test('an answer that was understood is confirmed in the chat, once', async () => {
    const inbox = createMemoryInbox({ answer: () => ({ reply: 'Принято', verb: 'accepted' }) });
    hearing(inbox);
    await settle();
    await send();

    say({ text: 'принял', serverId: 2000 });
    await rig.kit.clock.advance(1000);

    expect(rig.taken.map(({ text }) => text).slice(1)).toEqual(['Принято']);
  });
});
