import { beforeEach, describe, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { composeBindings } from '../compose-bindings.ts';
import { createMessengerChats } from '../messenger-chats.ts';
import type { DeskParts } from '../rpc/desk-parts.ts';
import { bindAgain, bindByCode, bindingsOf, createBindingLink, setBlocked, unbind } from './bindings.ts';

let kit: CoreKit;
let parts: DeskParts['bindings'];
let orlova: number;
let sedov: number;
let bot: number;
let max: number;

beforeEach(() => {
  kit = createCoreKit();
  parts = composeBindings({ desk: kit.desk, stores: kit.stores, driverOf: () => undefined });
  orlova = kit.addPerson('Орлова');
  sedov = addContact('Седов');
  bot = addRoute('bot', 'telegram', 'Бот смены');
  max = addRoute('max', 'max', 'MAX');
});

function addContact(name: string): number {
  return kit.db.transact((revision) =>
    kit.stores.contacts.insert(
      {
        uuid: name,
        kind: 'technician',
        name,
        organisation: '',
        phone: '',
        email: '',
        note: '',
        active: true,
        createdAt: 0,
      },
      revision,
    ),
  );
}

function addRoute(kind: string, channel: string, name: string, enabled = 1): number {
  return kit.db.transact((revision) =>
    Number(
      kit.db
        .prepare<[object], void>(
          `INSERT INTO route (uuid, kind, channel, name, position, enabled, created_at, revision)
           VALUES (:name, :kind, :channel, :name, 0, :enabled, 0, :revision)`,
        )
        .run({ kind, channel, name, enabled, revision }).lastInsertRowid,
    ),
  );
}

const party = (id = sedov) => ({ kind: 'contact' as const, id });
const link = (routeId = bot, id = sedov) =>
  createBindingLink(parts, { party: party(id), routeId, bot: 'pult_bot' }, orlova);
const codeOf = (url: string) => new URL(url).searchParams.get('start') ?? '';
const come = (code: string, chatId = '501', routeId = bot) =>
  bindByCode(parts, routeId, { code, chatId, userId: chatId, title: 'Oleg @oleg' });
const journal = (id = sedov) => kit.desk.journal.ofSubject('contact', id).map(({ kind }) => kind);
const minuteMs = 60_000;

describe('a link', () => {
  test('leads to the bot of its messenger with a code nobody can guess', () => {
    const { url, expiresAt } = link();

    expect(url).toMatch(/^https:\/\/t\.me\/pult_bot\?start=[\w-]{22}$/);
    expect(link(max).url).toMatch(/^https:\/\/max\.ru\/pult_bot\?start=[\w-]{22}$/);
    expect(expiresAt - kit.clock.now()).toBe(30 * minuteMs);
    expect(journal()).toEqual(['binding.link-made', 'binding.link-made']);
  });

  test('binds whoever comes by it first, and nobody after them', () => {
    const { url } = link();

    expect(come(codeOf(url))).toEqual({ name: 'Седов' });

    expect(bindingsOf(parts, party()).bindings).toMatchObject([
      { routeId: bot, route: 'Бот смены', channel: 'telegram', title: 'Oleg @oleg', blockedAt: null },
    ]);
    expect(come(codeOf(url), '999')).toBeNull();
    expect(journal()).toContain('binding.bound');
  });

  test('told twice by the messenger the same arrival is one', () => {
    const { url } = link();
    come(codeOf(url));

    expect(come(codeOf(url))).toEqual({ name: 'Седов' });
    expect(bindingsOf(parts, party()).bindings).toHaveLength(1);
    expect(journal().filter((kind) => kind === 'binding.bound')).toHaveLength(1);
  });

  test('is good for half an hour, for its own bot, and until the next one is made', () => {
    const first = codeOf(link().url);
    expect(come(first, '501', max)).toBeNull();
    const second = codeOf(link().url);
    expect(come(first)).toBeNull();
    kit.clock.jump(30 * minuteMs);

    expect(come(second)).toBeNull();
    expect(bindingsOf(parts, party()).bindings).toEqual([]);
  });

  test('stands nowhere in the database as it is', () => {
    const code = codeOf(link().url);

    const stored = kit.db.prepare<[], { all: string }>('SELECT code_hash AS "all" FROM binding_code').all();
    const told = kit.desk.journal.ofSubject('contact', sedov).map(({ payload }) => payload);
    expect(JSON.stringify([stored, told])).not.toContain(code);
  });

  test('is not made for a bot that is switched off, nor for what is no bot, nor for nobody', () => {
    const off = addRoute('bot', 'telegram', 'Старый бот', 0);
    const sms = addRoute('smsaero', 'sms', 'SMS');

    expect(() => link(off)).toThrow(expect.objectContaining({ details: { reason: 'route-not-set-up' } }));
    expect(() => link(sms)).toThrow(expect.objectContaining({ details: { reason: 'route-not-set-up' } }));
    expect(() => link(bot, 999)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(bindingsOf(parts, party()).bots.map(({ name }) => name)).toEqual(['MAX', 'Бот смены']);
  });
});

describe('a binding', () => {
  test('of a chat that was somebody else’s goes to whoever the link was for', () => {
    come(codeOf(link().url));
    const lisin = addContact('Лисин');

    come(codeOf(link(bot, lisin).url));

    expect(bindingsOf(parts, party()).bindings).toEqual([]);
    expect(bindingsOf(parts, party(lisin)).bindings).toHaveLength(1);
    expect(journal()).toContain('binding.removed');
  });

  test('knows that it is shut out, and that it is let in again, once each', () => {
    come(codeOf(link().url));
    const chats = createMessengerChats(kit.stores);
    const where = () => chats.chatOf({ id: bot, kind: 'bot' }, party());
    expect(where()).toEqual({ chatId: '501', blocked: false });

    setBlocked(parts, bot, '501', true);
    setBlocked(parts, bot, '501', true);

    expect(bindingsOf(parts, party()).bindings[0]?.blockedAt).toBe(kit.clock.now());
    expect(where()).toEqual({ chatId: '501', blocked: true });
    setBlocked(parts, bot, '501', false);
    setBlocked(parts, bot, '777', true);
    expect(where()).toEqual({ chatId: '501', blocked: false });
    expect(journal().slice(-2)).toEqual(['binding.blocked', 'binding.opened']);
  });

  test('of another telephone is written to while the first is shut out', () => {
    come(codeOf(link().url), '501');
    come(codeOf(link().url), '502');
    setBlocked(parts, bot, '502', true);

    const chats = createMessengerChats(kit.stores);

    expect(chats.chatOf({ id: bot, kind: 'bot' }, party())).toEqual({ chatId: '501', blocked: false });
  });

  test('that was ended can be had again, unless the chat is somebody’s by then', () => {
    come(codeOf(link().url));
    const [{ id } = { id: 0 }] = bindingsOf(parts, party()).bindings;
    unbind(parts, id, orlova);
    expect(bindingsOf(parts, party()).bindings).toEqual([]);
    const removed = kit.desk.journal.ofSubject('contact', sedov).at(-1);
    const { binding } = JSON.parse(removed?.payload ?? '{}');

    bindAgain(parts, binding, orlova);

    expect(bindingsOf(parts, party()).bindings).toMatchObject([{ title: 'Oleg @oleg' }]);
    expect(() => bindAgain(parts, binding, orlova)).toThrow(
      expect.objectContaining({ details: { reason: 'changed-since' } }),
    );
  });

  test('that is not there cannot be ended', () => {
    expect(() => unbind(parts, 99, orlova)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

test('a person at the desk can be bound as well', () => {
  const person = { kind: 'person' as const, id: orlova };
  const { url } = createBindingLink(parts, { party: person, routeId: bot, bot: 'pult_bot' }, orlova);

  expect(come(codeOf(url))).toEqual({ name: 'Орлова' });
  expect(bindingsOf(parts, person).bindings).toHaveLength(1);
});

test('the bot’s name is asked of its service, and a route that is off has none', async () => {
  const { signal } = new AbortController();
  const named = composeBindings({
    desk: kit.desk,
    stores: kit.stores,
    driverOf: () => ({ test: () => Promise.resolve({ facts: { username: 'pult_bot' } }) }),
  });

  expect(await named.botName(bot, signal)).toBe('pult_bot');
  await expect(parts.botName(bot, signal)).rejects.toMatchObject({ details: { reason: 'route-not-set-up' } });
});
