import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startSmppCentre } from '../../../../../test/support/fakes/smpp-centre.ts';
import {
  createMemoryInbox,
  describeRoute,
  hostileText,
  listen,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createEar } from './ear.ts';
import { createWriter } from './pdu.ts';
import { createSmpp } from './smpp.ts';

const start = (async (parts, over: Readonly<Record<string, string>> = {}) => {
  const service = await startSmppCentre();
  const fields = {
    host: '127.0.0.1',
    port: String(service.port),
    systemId: 'desk',
    password: 'secret',
    sender: 'TOWERS',
    ...over,
  };
  const deliver = async () => void (await service.receipt(service.messages.at(-1)!.id, 'DELIVRD'));
  return {
    driver: createSmpp(parts, { routeId: 1, name: 'SMPP', fields, proxy: '', timeoutMs: 9000 }),
    service,
    timeoutMs: 9000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: undefined,
    receipts: { by: 'listening', deliver, repeat: deliver },
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('smpp', start);

async function open(over: Readonly<Record<string, string>> = {}) {
  const clock = createFakeClock();
  const rig = await start({ clock, random: createSeededRandom(7), log: silentLogger }, over);
  onTestFinished(async () => {
    await rig.driver.close?.();
    await rig.stop();
  });
  const { signal } = new AbortController();
  const send = (dispatch = {}) =>
    rig.driver.send(makeDispatch(rig, { title: '', ...dispatch }), { wrote: () => {} }, signal);
  const hear = () => {
    const inbox = createMemoryInbox();
    const hearing = listen(rig.driver, inbox);
    onTestFinished(hearing.stop);
    return { inbox, stop: hearing.stop };
  };
  return { ...rig, clock, signal, send, hear };
}

test.each([
  ['a short Latin text', 'Mast 7 is down', 1],
  ['a short Russian text', 'Мачта 7 без питания', 1],
  ['a long Russian text', 'Мачта без питания. '.repeat(20), 6],
  ['a long Latin text', 'Mast is down. '.repeat(20), 2],
  ['pictures at the break', `${'щ'.repeat(66)}🗼${'щ'.repeat(100)}`, 3],
  ['signs that no two alphabets agree on', 'price 5$ @ [x] {y} €', 1],
  ['words that mean something elsewhere', hostileText, 2],
] as const)('%s arrives as it was written', async (_name, text, parts) => {
  const { send, service } = await open();

  const sent = await send({ text });

  expect(service.messages).toEqual([
    { id: expect.any(String), to: '79005550112', from: 'TOWERS', text, parts },
  ]);
  expect(sent.segments).toBe(parts);
});

test('one connection carries many messages at once, no more unanswered than its window', async () => {
  const { send, service } = await open({ window: '3' });

  const sent = await Promise.all(
    Array.from({ length: 20 }, (_, index) => send({ text: `message ${index}` })),
  );

  expect(service.sessions.size).toBe(1);
  expect(service.peak()).toBeLessThanOrEqual(3);
  expect(new Set(sent.map(({ providerId }) => providerId)).size).toBe(20);
  expect(service.messages).toHaveLength(20);
});

test('a part that must wait in the middle of a message waits, and the message stays whole', async () => {
  const { send, service, clock } = await open();
  service.holdPart(2);

  const sending = send({ text: 'щ'.repeat(150) });
  await expect.poll(() => clock.sleeping).toBeGreaterThan(1);
  await clock.advance(1000);
  await sending;

  expect(service.messages[0]).toMatchObject({ text: 'щ'.repeat(150), parts: 3 });
});

test.each([
  [0x0a, 'route-forbidden', 'not-sent'],
  [0x14, 'route-throttled', 'not-sent'],
  [0x08, 'route-unavailable', 'not-sent'],
  [0x45, 'message-refused', 'refused'],
  [0x4_01, 'message-refused', 'refused'],
] as const)('status %i is understood as %s', async (status, reason, certainty) => {
  const { send, service } = await open();
  service.play(status);

  await expect(send()).rejects.toMatchObject({ details: { reason, certainty } });
});

test.each([
  ['DELIVRD', 'delivered'],
  ['UNDELIV', 'failed'],
  ['REJECTD', 'failed'],
  ['EXPIRED', 'failed'],
  ['ACCEPTD', 'accepted'],
  ['ENROUTE', 'accepted'],
  ['NONSENSE', 'accepted'],
])('a receipt that says %s is told as %s', async (stat, status) => {
  const { send, service, hear } = await open();
  const { providerId } = await send();
  const { inbox } = hear();

  await service.receipt(service.messages[0]!.id, stat);

  expect(inbox.receipts).toMatchObject([{ providerId, report: { status, raw: stat } }]);
});

test('a failed part of a long message fails the whole of it', async () => {
  const { send, service, hear } = await open();
  const { inbox } = hear();
  const { providerId } = await send({ text: 'щ'.repeat(150) });

  await service.receipt('A0000002', 'UNDELIV');

  expect(inbox.receipts).toMatchObject([{ providerId, report: { status: 'failed' } }]);
});

test.each([
  ['decimal', '10', 'a', 'a'],
  ['hex', 'A0000001', '2684354561', '2684354561'],
])('ids that a receipt writes as %s are understood', async (receiptIds, inReceipt, _own, expected) => {
  const { send, service, hear } = await open({ receiptIds });
  await send();
  const { inbox } = hear();

  await service.receipt(inReceipt, 'DELIVRD');

  expect(inbox.receipts[0]?.providerId).toBe(expected);
});

test('a receipt that comes while nobody listens stays with the centre', async () => {
  const { send, service, hear } = await open();
  await send();

  expect(await service.receipt('A0000001', 'DELIVRD')).toBe(0x64);
  const { inbox } = hear();
  await expect.poll(() => service.receipt('A0000001', 'DELIVRD')).toBe(0);

  expect(inbox.receipts).toHaveLength(1);
});

test('what cannot be written down stays with the centre', async () => {
  const { send, service, driver } = await open();
  await send();
  const inbox = createMemoryInbox({
    receipt: () => {
      throw new Error('disk full');
    },
  });
  onTestFinished(listen(driver, inbox).stop);

  await expect.poll(() => service.receipt('A0000001', 'DELIVRD')).toBe(0x64);
});

test('an answer in several parts is heard as one, in whatever order they come', async () => {
  const { send, service, hear } = await open();
  await send({ verbs: ['accepted', 'cannot'] });
  const { inbox } = hear();

  await service.say('+79005550112', 'принял', Buffer.from([5, 0, 3, 77, 2, 2]));
  await service.say('+79005550112', 'AB23KX ', Buffer.from([5, 0, 3, 77, 2, 1]));

  expect(service.messages[0]!.text).toContain('Ответ: AB23KX принял / не могу');
  expect(inbox.answers).toMatchObject([{ address: '79005550112', text: 'AB23KX принял' }]);
});

test('what came of a long answer outlives a restart, and its end makes it whole', async () => {
  const first = await open();
  await first.send();
  const { inbox, stop } = first.hear();
  await first.service.say('79005550112', 'AB23KX ', Buffer.from([5, 0, 3, 77, 2, 1]));
  await stop();

  const second = await open();
  await second.send();
  const again = createMemoryInbox({ cursor: inbox.cursor });
  onTestFinished(listen(second.driver, again).stop);
  await expect
    .poll(() => second.service.say('79005550112', 'принял', Buffer.from([5, 0, 3, 77, 2, 2])))
    .toBe(0);

  expect(again.answers).toMatchObject([{ text: 'AB23KX принял' }]);
});

test('a part that cannot be written down stays with the centre', async () => {
  const { send, service, driver } = await open();
  await send();
  let isFull = true;
  const inbox = createMemoryInbox({
    saveCursor: () => {
      if (isFull) throw new Error('disk full');
    },
  });
  onTestFinished(listen(driver, inbox).stop);
  const part = (index: number) => service.say('79005550112', `${index}`, Buffer.from([5, 0, 3, 9, 2, index]));
  await expect.poll(() => part(1)).toBe(0x64);

  isFull = false;
  await part(2);
  expect(inbox.answers).toEqual([]);
  await part(1);
  expect(inbox.answers).toMatchObject([{ text: '12' }]);
});

test('a beginning without an end is heard as far as it came, though nothing else comes', async () => {
  const clock = createFakeClock();
  const ear = createEar(clock, 'same');
  const inbox = createMemoryInbox();
  const stop = ear.listen(inbox);
  const header = Buffer.from([5, 0, 3, 77, 2, 1]);
  expect(ear.hear(deliverBody('79005550112', Buffer.concat([header, Buffer.from('cannot, ')])))).toBe(0);

  await clock.advance(4 * 60_000);
  expect(inbox.answers).toEqual([]);
  await clock.advance(60_000);

  expect(inbox.answers).toMatchObject([{ text: 'cannot, …' }]);
  expect(inbox.cursor()).toBe('');
  stop();
  expect(clock.sleeping).toBe(0);
});

/** As section 4.6.1 writes it, with a header that numbers parts. */
function deliverBody(from: string, message: Buffer): Buffer {
  const whence = createWriter().text('', 6).byte(1).byte(1).text(from, 21).byte(1).byte(1).text('TOWERS', 21);
  const how = whence.byte(0x40).byte(0).byte(0).text('', 17).text('', 17).byte(0).byte(0).byte(0).byte(0);
  return how.byte(message.length).bytes(message).done();
}

test('beginnings without an end fill no memory', async () => {
  const { send, service, hear } = await open();
  await send();
  const { inbox } = hear();

  for (let reference = 0; reference < 60; reference += 1) {
    await service.say('79005550112', `${reference}`, Buffer.from([5, 0, 3, reference, 2, 1]));
  }

  expect(JSON.parse(inbox.cursor())).toHaveLength(50);
  expect(inbox.answers[0]).toMatchObject({ text: '0…' });
});

test('the same words twice are two answers, and over another line one that is said again', async () => {
  const { send, service, hear, driver } = await open();
  await send();
  const { inbox, stop } = hear();
  await service.say('79005550112', 'принял');
  await service.say('79005550112', 'принял');
  await stop();
  await send();
  const again = createMemoryInbox();
  onTestFinished(listen(driver, again).stop);
  await expect.poll(() => service.say('79005550112', 'принял')).toBe(0);

  const [first, second] = inbox.answers;
  expect(second?.eventId).not.toBe(first?.eventId);
  expect(again.answers[0]?.eventId).toBe(first?.eventId);
});

test('a quiet line is asked whether it is there, and one that does not answer is left', async () => {
  const { send, service, clock } = await open();
  await send();
  await clock.advance(30_000);
  await expect.poll(() => service.events).toEqual(['enquire_link']);
  await expect.poll(() => clock.sleeping).toBe(1);

  service.play('silent');
  await clock.advance(30_000);
  await expect.poll(() => service.events.length).toBe(2);
  await clock.advance(9000);
  await expect.poll(() => service.sessions.size).toBe(0);
  service.play('well');
  await send({ text: 'again' });

  expect(service.messages).toHaveLength(2);
});

test('a centre that asks whether the desk is there gets an answer, and one that says good-bye is let go', async () => {
  const { send, service, driver } = await open();
  await send();
  const [session] = service.sessions;

  await new Promise<void>((resolve) => session!.enquire_link({}, () => resolve()));
  session!.unbind();

  await expect.poll(() => driver.health!().state).toBe('degraded');
  await send({ text: 'again' });
  expect(driver.health!().state).toBe('ok');
});

test('a desk that stops says good-bye and leaves no timer', async () => {
  const { send, service, driver, clock, hear } = await open();
  await send();
  const { stop } = hear();

  await stop();
  await driver.close!();

  expect(service.events).toContain('unbind');
  await expect.poll(() => clock.sleeping).toBe(0);
});
