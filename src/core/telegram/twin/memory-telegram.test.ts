import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../../../../test/support/fake-clock.ts';
import { createSeededRandom } from '../../training/seeded-random.ts';
import type {
  FloodPause,
  OutgoingMessage,
  Peer,
  PositionedUpdate,
  SignedOutReason,
  TelegramConnection,
} from '../telegram-port.ts';
import { createMemoryTelegram, type MemoryTelegram } from './memory-telegram.ts';

const api = { id: 1, hash: '0'.repeat(32) };

let clock: FakeClock;
let telegram: MemoryTelegram;
let desk: string;
let friend: string;

type Client = {
  readonly connection: TelegramConnection;
  readonly updates: PositionedUpdate[];
  readonly peers: Peer[];
  readonly states: string[];
  readonly signedOut: SignedOutReason[];
  readonly pauses: FloodPause[];
};

async function client(session?: string): Promise<Client> {
  const seen = { updates: [], peers: [], states: [], signedOut: [], pauses: [] } as Omit<
    Client,
    'connection'
  >;
  const connection = telegram.port.open({
    session,
    api,
    network: undefined,
    events: {
      onUpdates(batch) {
        seen.updates.push(...batch.updates);
        seen.peers.push(...batch.peers);
      },
      onState: (state) => void seen.states.push(state),
      onSignedOut: (reason) => void seen.signedOut.push(reason),
      onPause: (pause) => void seen.pauses.push(pause),
    },
  });
  await connection.connect(new AbortController().signal);
  return { connection, ...seen };
}

async function signedIn(): Promise<Client> {
  const one = await client();
  const qr = await one.connection.requestQr();
  if (qr.step !== 'token') throw new Error('no token');
  telegram.world.scan(qr.url, desk);
  await one.connection.requestQr();
  return one;
}

beforeEach(() => {
  clock = createFakeClock();
  telegram = createMemoryTelegram({ clock, random: createSeededRandom(1) });
  desk = telegram.world.addAccount({ phone: '+7 900 000-00-01', name: 'Пульт' });
  friend = telegram.world.addUser({ name: 'Мастер', username: 'master' });
});

const turn = () => clock.advance(0);
const outgoing = (peer: Peer, over: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  peer,
  text: 'Принято',
  entities: [],
  replyTo: null,
  files: [],
  randomIds: ['1'],
  ...over,
});
const send = (one: Client, message: OutgoingMessage) =>
  one.connection.send(message, { wrote: () => undefined }, new AbortController().signal);
async function peerOf(one: Client, id: string): Promise<Peer> {
  const { rows } = await one.connection.dialogs({ after: null, limit: 100 });
  return rows.find(({ peer }) => peer.id === id)!.peer;
}

describe('signing in', () => {
  test('a scanned code lets in, and its session comes back without one', async () => {
    const one = await signedIn();
    const { phone, peer } = await one.connection.self();
    const session = one.connection.session();
    await one.connection.close();

    const again = await client(session);

    expect({ phone, title: peer.title, ofPeer: peer.phone }).toEqual({
      phone: '79000000001',
      title: 'Пульт',
      ofPeer: null,
    });
    expect(await again.connection.updateState()).toMatchObject({ pts: 1 });
  });

  test('a code on the phone, then the password', async () => {
    telegram.world.setPassword(desk, 'осень', 'время года');
    const { connection } = await client();
    const sent = await connection.requestCode('+79000000001');
    const key = { phone: '+79000000001', hash: sent.hash };

    await expect(connection.submitCode({ ...key, code: '0' })).rejects.toMatchObject({
      reason: 'code-wrong',
    });
    const code = telegram.world.code('+79000000001')!;
    expect(await connection.submitCode({ ...key, code })).toEqual({ step: 'password' });
    expect(await connection.passwordHint()).toBe('время года');
    await expect(connection.submitPassword('зима')).rejects.toMatchObject({ reason: 'password-wrong' });
    expect(await connection.submitPassword('осень')).toMatchObject({ step: 'signed-in' });
  });

  test('codes and tokens grow old', async () => {
    const { connection } = await client();
    const qr = await connection.requestQr();
    const sent = await connection.requestCode('+79000000001');
    const code = telegram.world.code('+79000000001')!;
    await clock.advance(300_000);

    expect(qr.step === 'token' && telegram.world.scan(qr.url, desk)).toBe(false);
    await expect(
      connection.submitCode({ phone: '+79000000001', hash: sent.hash, code }),
    ).rejects.toMatchObject({ reason: 'code-expired' });
  });

  test('whoever is signed in somewhere gets the code as a message of the service account', async () => {
    await signedIn();
    const { connection } = await client();

    const sent = await connection.requestCode('+79000000001');

    expect(sent).toMatchObject({ via: 'app', nextVia: 'sms' });
    expect(telegram.world.messages(desk, 'u777000').at(-1)?.text).toContain(
      telegram.world.code('+79000000001'),
    );
  });

  test('an ended session is told once and refuses every call', async () => {
    const one = await signedIn();
    telegram.world.revoke(desk);
    await turn();

    expect(one.signedOut).toEqual(['session-revoked']);
    await expect(one.connection.updateState()).rejects.toMatchObject({ reason: 'session-revoked' });
    const again = await client(one.connection.session());
    await turn();
    expect(again.signedOut).toEqual(['session-revoked']);
  });

  test('two connections over one session end it', async () => {
    const one = await signedIn();
    const two = await client(one.connection.session());
    await turn();

    expect([one.signedOut, two.signedOut]).toEqual([['session-duplicated'], ['session-duplicated']]);
  });

  test('logging out tells nobody and leaves a session that opens nothing', async () => {
    const one = await signedIn();
    const session = one.connection.session();
    await one.connection.logOut();
    await one.connection.close();
    const again = await client(session);
    await turn();

    expect([one.signedOut, again.signedOut]).toEqual([[], ['session-revoked']]);
    expect(() =>
      telegram.port.open({ session: 'rubbish', api, network: undefined, events: {} as never }),
    ).toThrow('session-broken');
  });
});

describe('updates', () => {
  test('a message is pushed with its place, and a lost one is found by the difference', async () => {
    const one = await signedIn();
    const from = await one.connection.updateState();
    telegram.world.receive({ account: desk, peer: friend, text: 'Первое' });
    telegram.world.receive({ account: desk, peer: friend, text: 'Второе', lost: true });
    await turn();

    expect(one.updates.filter(({ update }) => update.kind === 'message')).toMatchObject([
      { pts: 2, count: 1, channel: null, update: { message: { text: 'Первое', peer: friend, out: false } } },
    ]);
    expect(await one.connection.difference(from)).toMatchObject({
      kind: 'part',
      messages: [{ text: 'Первое' }, { text: 'Второе' }],
      more: false,
      state: { pts: 3 },
    });
  });

  test('a long difference comes in slices, a very long one not at all', async () => {
    const one = await signedIn();
    const from = await one.connection.updateState();
    telegram.world.limits.slice = 2;
    for (let n = 1; n <= 5; n += 1) telegram.world.receive({ account: desk, peer: friend, text: `${n}` });
    const texts: string[] = [];
    for (let at = from, more = true; more;) {
      const part = await one.connection.difference(at);
      if (part.kind !== 'part') throw new Error(part.kind);
      texts.push(...part.messages.map(({ text }) => text));
      ({ state: at, more } = part);
    }
    telegram.world.limits.tooLong = 4;

    expect(texts).toEqual(['1', '2', '3', '4', '5']);
    expect(await one.connection.difference(from)).toEqual({ kind: 'too-long', pts: 6 });
  });

  test('a channel has its own log; when too much was missed only the newest come', async () => {
    const one = await signedIn();
    const channel = telegram.world.addChat({ kind: 'channel', title: 'Новости', members: [desk] });
    for (let n = 1; n <= 5; n += 1) telegram.world.receive({ account: desk, peer: channel, text: `${n}` });
    await turn();
    const address = await peerOf(one, channel);
    telegram.world.limits.channelSlice = 3;

    expect(one.updates.at(-1)).toMatchObject({ channel, pts: 6, update: { kind: 'message' } });
    expect(await one.connection.updateState()).toMatchObject({ pts: 1 });
    expect(await one.connection.channelDifference(address, 1)).toMatchObject({ pts: 4, more: true });
    telegram.world.limits.channelTooLong = 2;
    expect(await one.connection.channelDifference(address, 1)).toMatchObject({
      kind: 'too-long',
      pts: 6,
      messages: [{ text: '3' }, { text: '4' }, { text: '5' }],
    });
  });

  test('edits, deletions, reactions, reading and typing are told', async () => {
    const one = await signedIn();
    const id = telegram.world.receive({ account: desk, peer: friend, text: 'Кран течёт' });
    telegram.world.edit({ account: desk, peer: friend, id, text: 'Кран течет' });
    telegram.world.react({ account: desk, peer: friend, id, from: friend, emoji: '👍' });
    telegram.world.readByOther({ account: desk, peer: friend });
    telegram.world.type({ account: desk, peer: friend, from: friend });
    telegram.world.remove({ account: desk, peer: friend, ids: [id] });
    await turn();

    expect(one.updates.slice(1).map(({ update, pts }) => [update.kind, pts])).toEqual([
      ['message', 2],
      ['edited', 3],
      ['reactions', null],
      ['read-outbox', 4],
      ['typing', null],
      ['deleted', 5],
    ]);
    expect(telegram.world.messages(desk, friend)).toEqual([]);
  });

  test('a message in a group reaches each account with a number of its own', async () => {
    const other = telegram.world.addAccount({ phone: '+79000000002', name: 'Второй' });
    const group = telegram.world.addChat({ kind: 'group', title: 'Бригада', members: [desk, other, friend] });
    telegram.world.receive({ account: desk, peer: friend, text: 'Личное' });
    telegram.world.receive({ account: desk, peer: group, from: friend, text: 'Всем' });

    expect(telegram.world.messages(desk, group)).toMatchObject([{ id: 2, text: 'Всем', from: friend }]);
    expect(telegram.world.messages(other, group)).toMatchObject([{ id: 1, text: 'Всем' }]);
  });

  test('somebody seen in passing has an access hash that opens nothing', async () => {
    const one = await signedIn();
    telegram.world.receive({ account: desk, peer: friend, text: 'Добрый день', min: true });
    await turn();
    const [passing] = one.peers;

    expect(passing).toMatchObject({ id: friend, isMin: true });
    await expect(one.connection.history(passing!, { limit: 1 })).rejects.toMatchObject({
      reason: 'peer-unknown',
    });
  });
});

describe('chats', () => {
  test('history pages both ways, newest first', async () => {
    const one = await signedIn();
    for (let n = 1; n <= 6; n += 1) telegram.world.receive({ account: desk, peer: friend, text: `${n}` });
    const peer = await peerOf(one, friend);
    const texts = async (page: Parameters<TelegramConnection['history']>[1]) =>
      (await one.connection.history(peer, page)).messages.map(({ text }) => text);

    expect(await texts({ limit: 2 })).toEqual(['6', '5']);
    expect(await texts({ olderThan: 5, limit: 2 })).toEqual(['4', '3']);
    expect(await texts({ newerThan: 2, limit: 2 })).toEqual(['4', '3']);
  });

  test('the list is paged, pinned first, with what is unread', async () => {
    const one = await signedIn();
    const group = telegram.world.addChat({ kind: 'supergroup', title: 'Подряд', members: [desk, friend] });
    telegram.world.receive({ account: desk, peer: friend, text: 'Раз' });
    await clock.advance(60_000);
    telegram.world.receive({ account: desk, peer: group, from: friend, text: 'Два' });
    telegram.world.changeDialog({ account: desk, peer: friend, pinned: 1 });
    const first = await one.connection.dialogs({ after: null, limit: 1 });
    const second = await one.connection.dialogs({ after: first.rows[0]!, limit: 1 });

    expect([first, second]).toMatchObject([
      { more: true, rows: [{ peer: { id: friend }, pinned: true, unread: 1, pts: null }] },
      { more: false, rows: [{ peer: { id: group }, pinned: false, unread: 1, pts: 2 }] },
    ]);
    await one.connection.markRead(first.rows[0]!.peer, 1);
    expect(await one.connection.dialogs({ after: null, limit: 1 })).toMatchObject({
      rows: [{ unread: 0, readInboxMax: 1 }],
    });
  });

  test('what was taken is not taken again, though its answer was lost', async () => {
    const one = await signedIn();
    telegram.world.receive({ account: desk, peer: friend, text: 'Добрый день' });
    const peer = await peerOf(one, friend);
    telegram.world.fail('send', 'timeout', { after: true });

    await expect(send(one, outgoing(peer))).rejects.toMatchObject({ reason: 'timeout' });
    await expect(send(one, outgoing(peer))).rejects.toMatchObject({ reason: 'already-sent' });
    expect(telegram.world.messages(desk, friend).map(({ text }) => text)).toEqual(['Добрый день', 'Принято']);
  });

  test('where one may only read, or nothing is said, nothing is taken', async () => {
    const one = await signedIn();
    const channel = telegram.world.addChat({ kind: 'channel', title: 'Новости', members: [desk] });
    telegram.world.receive({ account: desk, peer: friend });

    await expect(send(one, outgoing(await peerOf(one, channel)))).rejects.toMatchObject({
      reason: 'write-forbidden',
    });
    const peer = await peerOf(one, friend);
    await expect(send(one, outgoing(peer, { text: '' }))).rejects.toMatchObject({ reason: 'message-empty' });
    await expect(send(one, outgoing(peer, { text: 'а'.repeat(4097) }))).rejects.toMatchObject({
      reason: 'message-too-long',
    });
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'twin-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('go up and come down byte for byte, until their reference is too old', async () => {
    const one = await signedIn();
    telegram.world.receive({ account: desk, peer: friend, text: 'Пришлите акт' });
    const peer = await peerOf(one, friend);
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const path = join(folder, 'act.pdf');
    writeFileSync(path, bytes);
    const file = {
      path,
      fileName: 'акт.pdf',
      mimeType: 'application/pdf',
      size: bytes.length,
      as: 'document',
    } as const;
    const [sent] = await send(one, outgoing(peer, { files: [file] }));
    const chunks: Uint8Array[] = [];
    const download = (at: NonNullable<typeof sent>['file']) =>
      one.connection.download(at!, async (chunk) => void chunks.push(chunk), new AbortController().signal);

    await download(sent!.file);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    telegram.world.expireFiles();
    await expect(download(sent!.file)).rejects.toMatchObject({ reason: 'file-expired' });
    const renewed = await one.connection.messages(peer, [sent!.id]);
    await download(renewed.messages[0]!.file);
  });
});

describe('the wire', () => {
  test('offline every call fails, a connect waits, and the change is told', async () => {
    const one = await signedIn();
    telegram.world.offline();
    const late = client();
    await turn();

    await expect(one.connection.updateState()).rejects.toMatchObject({ reason: 'network-unreachable' });
    telegram.world.online();
    await late;
    expect(one.states).toEqual(['ready', 'lost', 'ready']);
    expect(await one.connection.updateState()).toBeDefined();
  });

  test('a flood pauses one kind of call and lets the others pass', async () => {
    const one = await signedIn();
    telegram.world.flood('folders', 77_000);

    await expect(one.connection.folders()).rejects.toMatchObject({
      reason: 'flood-wait',
      retryAfterMs: 77_000,
    });
    await turn();
    expect(one.pauses).toEqual([{ method: 'folders', until: clock.now() + 77_000 }]);
    expect(await one.connection.updateState()).toBeDefined();
    await clock.advance(77_000);
    expect(await one.connection.folders()).toEqual([]);
  });

  test('closing rejects what is running, and a connect that waits', async () => {
    const one = await signedIn();
    const release = telegram.world.hold('folders');
    const running = one.connection.folders();
    await one.connection.close();

    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await expect(one.connection.updateState()).rejects.toMatchObject({ code: 'cancelled' });
    release();
    telegram.world.offline();
    const abort = new AbortController();
    const waiting = telegram.port
      .open({
        session: undefined,
        api,
        network: undefined,
        events: { onUpdates() {}, onState() {}, onSignedOut() {}, onPause() {} },
      })
      .connect(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toThrow();
  });
});
