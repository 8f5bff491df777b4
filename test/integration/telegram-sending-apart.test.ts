import { expect, it } from 'vitest';
import { crewGroup, irina, technician } from '../support/telegram-dc/sample-world.ts';
import { findPeer, setUpTelegramRig } from './telegram-rig.ts';

const { start, signedIn } = setUpTelegramRig();
const never = new AbortController().signal;

// The library makes what leaves in one packet wait for each other, and Telegram refuses what waited for a failure.
it('a message does not fail, nor wait, because one to another chat was refused', async () => {
  const dc = await start();
  const { connection, pauses } = await signedIn(dc);
  const [friend, crew, news] = await Promise.all(
    ['u2001', 'g3001', 'c1300000001'].map((id) => findPeer(connection, id)),
  );
  const send = (peer: typeof friend, text: string, randomId: string) =>
    connection.send(
      { peer: peer!, text, entities: [], replyTo: null, files: [], randomIds: [randomId] },
      { wrote() {} },
      never,
    );
  await send(friend, 'раньше', '77');
  const startedAt = performance.now();

  const answers = await Promise.allSettled([
    send(news, 'сюда нельзя', '78'),
    send(friend, 'раньше', '77'),
    send(crew, 'выезжаем', '79'),
    send(friend, 'принято', '80'),
  ]);

  expect(
    answers.map((answer) =>
      answer.status === 'rejected' ? (answer.reason as { reason?: string }).reason : 'sent',
    ),
  ).toEqual(['write-forbidden', 'already-sent', 'sent', 'sent']);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(pauses).toEqual([]);
  const texts = (chat: typeof technician | typeof crewGroup) =>
    dc
      .log({ account: irina.account, chat })
      .slice(-2)
      .map(({ text }) => text);
  expect(texts(technician)).toEqual(['раньше', 'принято']);
  expect(texts(crewGroup).at(-1)).toBe('выезжаем');
});
