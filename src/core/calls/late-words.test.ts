import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CallKit, createCallKit } from '../../../test/support/call-kit.ts';

const minute = 60_000;
let kit: CallKit;

beforeEach(async () => {
  kit = await createCallKit();
});
afterEach(async () => {
  await kit.stop();
  kit.db.close();
});

test('a button pressed too late moves no buttons on, and says the same when it is told again', async () => {
  const first = kit.technician('Валеев', '+7 900 555-07-01');
  kit.technician('Громов', '+7 900 555-07-02');
  const { id } = kit.call({ contactId: first });
  await kit.clock.advance(8 * minute);
  const { code } = kit.last(kit.bot, 'Валеев');
  const press = { eventId: 'c77', address: 'Валеев', verb: 'accepted', code } as const;

  const late = kit.answer(kit.bot, press);
  expect(late).toEqual({ reply: expect.stringContaining('ехать не нужно'), verb: null });
  expect(kit.answer(kit.bot, press)).toEqual(late);

  expect(kit.press('Громов', 'accepted')).toContain('он за вами');
  expect(kit.at(id)).toMatchObject({ state: 'accepted', turn: 2 });
});

test('a button pressed twice leaves what can still be said', async () => {
  kit.technician('Валеев', '+7 900 555-07-01');
  kit.call();
  await kit.clock.advance(1000);
  const { code } = kit.last(kit.bot, 'Валеев');

  for (const eventId of ['c1', 'c2']) {
    const said = kit.answer(kit.bot, { eventId, address: 'Валеев', verb: 'accepted', code });
    expect(said.verb).toBe('accepted');
  }
});
