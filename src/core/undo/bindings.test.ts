import { expect, test } from 'vitest';
import { createUndoKit } from '../../../test/support/undo-kit.ts';
import { composeBindings } from '../compose-bindings.ts';
import { bindByCode, bindingsOf, createBindingLink, unbind } from '../notify/bindings.ts';

test('unbinding somebody from a bot goes back, and forth again', () => {
  const kit = createUndoKit();
  const { db, desk, stores } = kit;
  const anna = kit.addPerson('Орлова');
  const party = { kind: 'person' as const, id: anna };
  const routeId = db.transact((revision) =>
    stores.routes.insert({
      uuid: 'bot',
      kind: 'bot',
      channel: 'telegram',
      name: 'Бот смены',
      position: 0,
      enabled: 1,
      settings: '{}',
      sealed: null,
      proxy: '',
      timeoutMs: 5000,
      perMinute: 60,
      price: 0,
      dailyLimit: null,
      createdAt: 0,
      revision,
    }),
  );
  const parts = composeBindings({ desk, stores, driverOf: () => undefined });
  const { url } = createBindingLink(parts, { party, routeId, bot: 'pult_bot' }, anna);
  const code = new URL(url).searchParams.get('start') ?? '';
  bindByCode(parts, routeId, { code, chatId: '501', userId: '501', title: 'Анна' });
  const bound = () => bindingsOf(parts, party).bindings.map(({ title }) => title);

  unbind(parts, bindingsOf(parts, party).bindings[0]!.id, anna);
  expect(bound()).toEqual([]);
  kit.takeBack(desk.journal.lastSequence(), anna);
  expect(bound()).toEqual(['Анна']);
  const restored = desk.journal.ofSubject('person', anna).findLast(({ kind }) => kind === 'binding.restored');
  kit.takeBack(restored?.sequence ?? 0, anna);

  expect(bound()).toEqual([]);
});
