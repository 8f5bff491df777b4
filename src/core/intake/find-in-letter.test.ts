import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, blankAsset, createAssetKit } from '../../../test/support/asset-kit.ts';
import { createChatKit } from '../../../test/support/chat-kit.ts';
import { inbound } from '../../../test/support/intake-bench.ts';
import { saveAsset } from '../assets/registry.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { unbindAsset } from '../incidents/bind-assets.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { createIntake } from './intake.ts';

let kit: AssetKit;
let accept: (message: InboundMessage) => number;

beforeEach(() => {
  kit = createAssetKit();
  kit.addAccount();
  const nothing = { onOwnLetterSeen: () => {}, onBounce: () => {}, onNotice: () => undefined };
  const intake = createIntake({
    ...kit.desk,
    ...nothing,
    desk: createIncidentDesk(kit.desk),
    log: silentLogger,
  });
  accept = (message) => intake.accept(message, { mayOpen: true }).incidentId!;
  const pole = kit.add({ code: '41208-P-52-1-1' });
  kit.add({ kind: 'station', code: 'KA000412', poleId: pole });
});
afterEach(() => kit.end());

const bound = (incidentId: number) =>
  kit.desk.incidentAssets
    .view(incidentId)
    .filter(({ state }) => state === 'bound')
    .map(({ code, foundBy }) => [code, foundBy]);

test('a letter that names a station opens an incident with it and its pole, ready in the queue', () => {
  const id = accept(
    inbound({ subject: 'Т2 Отсутствует ВЭС KA0412/41208-Р-52-1-1', text: 'Просим проверить.' }),
  );

  expect(bound(id).map(([code]) => code)).toEqual(['41208-P-52-1-1', 'KA000412']);
  expect(kit.stores.query.rows([id])[0]?.asset).toBe('41208-P-52-1-1 · KA000412');
  expect(kit.desk.incidentAssets.view(id)[0]?.evidence).not.toBeNull();
});

test('an incident without an asset gets the one a later letter names', () => {
  const id = accept(
    inbound({ id: 'first@op.example', subject: 'Нет питания', text: 'Уточним адрес позже.' }),
  );
  const before = bound(id);

  accept(
    inbound({
      id: 'second@op.example',
      inReplyTo: 'first@op.example',
      subject: 'Re: Нет питания',
      text: 'Опора 41208-P-52-1-1',
    }),
  );

  expect([before, bound(id)]).toEqual([[], [['41208-P-52-1-1', 'body']]]);
});

test('an asset a person took off does not come back with the next letter', () => {
  const id = accept(inbound({ id: 'first@op.example', subject: 'Авария 41208-P-52-1-1' }));
  const { assetId } = kit.desk.incidentAssets.view(id)[0]!;
  unbindAsset(kit.desk, { incidentId: id, assetId }, kit.actor);

  accept(
    inbound({
      id: 'second@op.example',
      inReplyTo: 'first@op.example',
      subject: 'Re: Авария 41208-P-52-1-1',
      text: 'ещё раз',
    }),
  );

  expect(bound(id)).toEqual([]);
});

test('a registry that fails costs neither the letter nor its incident', () => {
  kit.db.connection.exec('DROP INDEX asset_key_by_asset; ALTER TABLE asset_key RENAME TO lost;');

  const id = accept(inbound({ subject: 'Авария 41208-P-52-1-1' }));

  expect(kit.desk.incidents.require(id)).toMatchObject({ title: 'Авария 41208-P-52-1-1', messageCount: 1 });
});

test('a message of a chat that opens an incident is read the same way', () => {
  const chats = createChatKit();
  const parts = { ...chats.stores, ...chats.desk, log: silentLogger };
  const person = chats.addPerson('Орлова');
  chats.db.transact(() => saveAsset(parts, { ...blankAsset, code: '18620-P-77-4' }, person));
  const group = chats.chat('Подрядчик Север', 'supergroup');
  chats.chats.saveRule({ chatId: group.id, kind: 'all', value: '', typeId: null, active: true }, person);

  const [message] = chats.arrive(group, { text: 'Коллеги, на 18620-P-77-4 автомат выбило, едет бригада' });

  const incidentId = chats.incidentOf(message!)!;
  expect(chats.desk.incidentAssets.view(incidentId)).toMatchObject([
    { code: '18620-P-77-4', state: 'bound' },
  ]);
  expect(chats.desk.incidents.require(incidentId).asset).toBe('18620-P-77-4');
});
