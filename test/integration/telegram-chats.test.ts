import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DialogRow,
  OutgoingFile,
  RemoteFile,
  TelegramConnection,
} from '../../src/core/telegram/telegram-port.ts';
import {
  bot,
  crewGroup,
  irina,
  newsChannel,
  regionGroup,
  technician,
} from '../support/telegram-dc/sample-world.ts';
import { findPeer, setUpTelegramRig } from './telegram-rig.ts';

const { start, signedIn } = setUpTelegramRig();
const never = new AbortController().signal;
const account = irina.account;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-telegram-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeFile(name: string, size: number, as: OutgoingFile['as'] = 'document') {
  const bytes = randomBytes(size);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const mimeType = as === 'photo' ? 'image/jpeg' : 'application/pdf';
  return { bytes, file: { path, fileName: name, mimeType, size, as } satisfies OutgoingFile };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function download(connection: TelegramConnection, file: RemoteFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await connection.download(file, async (chunk) => void chunks.push(chunk), never);
  return Buffer.concat(chunks);
}

describe('the list of chats', () => {
  it('names each with its kind, marks and last message', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);

    const page = await connection.dialogs({ after: null, limit: 50 });

    const byId = new Map(page.rows.map((row) => [row.peer.id, row]));
    expect(byId.get('u2001')).toMatchObject({
      peer: { kind: 'user', title: 'Денис Орлов', username: 'denis_tech', isContact: true, canSend: true },
      unread: 2,
      top: { text: 'сообщение 130', fromName: 'Денис Орлов' },
      pts: null,
    });
    expect(byId.get('u2003')).toMatchObject({ peer: { kind: 'bot' }, mutedUntil: 2_147_483_647_000 });
    expect(byId.get('g3001')).toMatchObject({ peer: { kind: 'group', accessHash: null }, mutedUntil: null });
    expect(byId.get('c1300000001')).toMatchObject({
      peer: { kind: 'channel', canSend: false },
      pinned: true,
    });
    expect(byId.get('c1300000002')).toMatchObject({ peer: { kind: 'supergroup' }, pts: expect.any(Number) });
    expect(page.more).toBe(false);
  });

  it('comes in pages that leave nothing out and repeat nothing', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const whole = await connection.dialogs({ after: null, limit: 50 });

    const seen: string[] = [];
    let after: DialogRow | null = null;
    for (let more = true; more;) {
      const page: Awaited<ReturnType<TelegramConnection['dialogs']>> = await connection.dialogs({
        after,
        limit: 2,
      });
      seen.push(...page.rows.map(({ peer }) => peer.id));
      after = page.rows.at(-1) ?? null;
      more = page.more;
    }

    expect(seen.toSorted()).toEqual(whole.rows.map(({ peer }) => peer.id).toSorted());
  });

  it('has the folders the account made', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);

    expect(await connection.folders()).toEqual([
      { id: 2, title: 'Объекты', include: ['u2001', 'g3001'], exclude: [], kinds: [] },
    ]);
  });
});

describe('history', () => {
  it('is read back to its beginning and forward to its end', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const all = dc.log({ account, chat: technician }).map(({ id }) => id);

    const back: number[] = [];
    for (let olderThan: number | undefined = undefined; ;) {
      const page: { readonly messages: readonly { readonly id: number }[] } = await connection.history(
        peer,
        olderThan === undefined ? { limit: 40 } : { olderThan, limit: 40 },
      );
      if (page.messages.length === 0) break;
      back.push(...page.messages.map(({ id }) => id));
      olderThan = back.at(-1);
    }
    const forward: number[] = [all[0]!];
    for (;;) {
      const page = await connection.history(peer, { newerThan: forward.at(-1)!, limit: 40 });
      if (page.messages.length === 0) break;
      forward.push(...page.messages.map(({ id }) => id).toReversed());
    }

    expect(back).toEqual(all.toReversed());
    expect(forward).toEqual(all);
  });

  it('gives single messages again, and only of the chat that was asked', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const [first] = dc.log({ account, chat: technician });
    const [other] = dc.log({ account, chat: crewGroup });

    const { messages } = await connection.messages(peer, [first!.id, other!.id]);

    expect(messages.map(({ id }) => id)).toEqual([first!.id]);
  });

  it('is marked as read with what that means for the log', async () => {
    const dc = await start();
    const { connection, batches } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const last = dc.log({ account, chat: technician }).at(-1)!.id;

    await connection.markRead(peer, last);

    expect(dc.dialog({ account, chat: technician })).toMatchObject({ unread: 0, readInboxMaxId: last });
    expect(batches.flatMap(({ updates }) => updates)).toContainEqual({
      update: { kind: 'read-inbox', peer: 'u2001', maxId: last, unread: null },
      pts: dc.pts({ account }),
      count: 1,
      channel: null,
    });
  });
});

describe('what comes in', () => {
  it('names the log it has its place in', async () => {
    const dc = await start();
    const { batches } = await signedIn(dc);

    dc.receive({ account, chat: technician, text: 'личное', short: false });
    dc.receive({ account, chat: crewGroup, from: 2002, text: 'группа' });
    dc.receive({ account, chat: regionGroup, from: 2002, text: 'супергруппа' });
    dc.receive({ account, chat: newsChannel, text: 'пост' });

    const placed = () =>
      batches
        .flatMap(({ updates }) => updates)
        .flatMap(({ update, pts, channel }) =>
          update.kind === 'message' && update.message.text !== ''
            ? [[update.message.text, update.message.from, channel, pts]]
            : [],
        )
        .filter(([text]) => text !== undefined && !String(text).startsWith('Login'));
    await expect.poll(() => placed().length).toBeGreaterThanOrEqual(4);
    expect(placed().slice(-4)).toEqual([
      ['личное', 'u2001', null, dc.pts({ account }) - 1],
      ['группа', 'u2002', null, dc.pts({ account })],
      ['супергруппа', 'u2002', 'c1300000002', dc.pts({ account, chat: regionGroup })],
      ['пост', null, 'c1300000001', dc.pts({ account, chat: newsChannel })],
    ]);
  });

  it('tells of edits, deletions, reactions, typing and what the other side has read', async () => {
    const dc = await start();
    const { updates } = await signedIn(dc);
    const last = dc.log({ account, chat: technician }).at(-1)!.id;
    const inRegion = dc.log({ account, chat: regionGroup }).at(-1)!.id;

    dc.edit({ account, chat: technician, id: last, text: 'исправлено' });
    dc.react({ account, chat: technician, id: last, from: 2001, emoji: '👍' });
    dc.typing({ account, chat: technician, from: 2001 });
    dc.readOutbox({ account, chat: technician });
    dc.remove({ account, chat: technician, ids: [last] });
    dc.remove({ account, chat: regionGroup, ids: [inRegion] });

    await expect.poll(updates).toContainEqual({ kind: 'deleted', peer: 'c1300000002', ids: [inRegion] });
    const seen = updates();
    expect(seen).toContainEqual({ kind: 'deleted', peer: null, ids: [last] });
    expect(seen).toContainEqual({ kind: 'typing', peer: 'u2001', from: 'u2001' });
    expect(seen).toContainEqual({ kind: 'read-outbox', peer: 'u2001', maxId: last });
    expect(seen).toContainEqual(
      expect.objectContaining({
        kind: 'edited',
        message: expect.objectContaining({ id: last, text: 'исправлено', editedAt: expect.any(Number) }),
      }),
    );
    expect(seen).toContainEqual({
      kind: 'reactions',
      peer: 'u2001',
      id: last,
      reactions: [{ emoji: '👍', count: 1, mine: false }],
    });
  });

  it('is asked for when it was missed, of the account and of a channel', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const state = await connection.updateState();
    const region = await findPeer(connection, 'c1300000002');
    const regionPts = dc.pts({ account, chat: regionGroup });
    dc.receive({ account, chat: technician, text: 'потеряно', push: false });
    dc.receive({ account, chat: regionGroup, from: 2002, text: 'и тут', push: false });

    const missed = await connection.difference(state);
    const missedThere = await connection.channelDifference(region, regionPts);

    expect(missed).toMatchObject({
      kind: 'part',
      messages: [{ text: 'потеряно', peer: 'u2001' }],
      state: { pts: dc.pts({ account }) },
      more: false,
    });
    expect(missedThere).toMatchObject({
      kind: 'part',
      messages: [{ text: 'и тут', peer: 'c1300000002' }],
      pts: regionPts + 1,
    });
    const now = await connection.updateState();
    // Within the same second Telegram names channels that were busy once more.
    expect(await connection.difference({ ...now, date: now.date + 5 })).toMatchObject({ kind: 'empty' });
    expect(await connection.channelDifference(region, regionPts + 1)).toMatchObject({ kind: 'empty' });
  });

  it('says when too much was missed', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const state = await connection.updateState();
    const region = await findPeer(connection, 'c1300000002');
    const regionPts = dc.pts({ account, chat: regionGroup });
    dc.tooLong({ difference: 1, channelDifference: 1 });
    for (const chat of [technician, regionGroup] as const) {
      await dc.burst({ account, chat, from: 2001, count: 3, push: false });
    }

    expect(await connection.difference(state)).toEqual({ kind: 'too-long', pts: dc.pts({ account }) });
    expect(await connection.channelDifference(region, regionPts)).toMatchObject({
      kind: 'too-long',
      pts: dc.pts({ account, chat: regionGroup }),
    });
  });
});

describe('sending', () => {
  const noHooks = { wrote() {} };

  it('keeps the order of several at once, in every kind of chat', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peers = await Promise.all(['u2001', 'g3001', 'c1300000002'].map((id) => findPeer(connection, id)));

    for (const peer of peers) {
      const texts = ['раз', 'два', 'три', 'четыре'];
      await Promise.all(
        texts.map((text, index) =>
          connection.send(
            {
              peer,
              text,
              entities: [],
              replyTo: null,
              files: [],
              randomIds: [`${peer.id.slice(1)}${index}`],
            },
            noHooks,
            never,
          ),
        ),
      );
    }

    for (const chat of [technician, crewGroup, regionGroup] as const) {
      const sent = dc.log({ account, chat }).slice(-4);
      expect(sent.map(({ text }) => text)).toEqual(['раз', 'два', 'три', 'четыре']);
    }
  });

  it('brings its own place in the log, so that the next message is no gap', async () => {
    const dc = await start();
    const { connection, batches } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');

    await connection.send(
      {
        peer,
        text: 'ответ *',
        entities: [{ kind: 'bold', offset: 0, length: 5 }],
        replyTo: 130,
        files: [],
        randomIds: ['-9223372036854775808'],
      },
      noHooks,
      never,
    );

    expect(batches.at(-1)?.updates).toMatchObject([
      { update: { kind: 'message-id', randomId: '-9223372036854775808' } },
      {
        update: {
          kind: 'message',
          message: {
            out: true,
            from: 'u1001',
            text: 'ответ *',
            entities: [{ kind: 'bold', offset: 0, length: 5 }],
          },
        },
        pts: dc.pts({ account }),
        count: 1,
      },
    ]);
  });

  it('still leaves when the message it answers is gone', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');

    await connection.send(
      { peer, text: 'всё равно', entities: [], replyTo: 999_999, files: [], randomIds: ['5'] },
      noHooks,
      never,
    );

    expect(dc.log({ account, chat: technician }).at(-1)).toMatchObject({ text: 'всё равно' });
  });

  it.each([
    ['a picture of one part', 50_000, 'photo' as const],
    ['a file of many parts', 700_001, 'document' as const],
    ['a file that goes the way of big ones', 11 * 1024 * 1024 + 17, 'document' as const],
  ])('takes %s up and gives back the same bytes', async (_, size, as) => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const { bytes, file } = makeFile(`${size}.bin`, size, as);
    const progress: number[] = [];
    const wrote: number[] = [];

    const [sent] = await connection.send(
      { peer, text: 'подпись', entities: [], replyTo: null, files: [file], randomIds: ['1'] },
      { wrote: () => void wrote.push(progress.at(-1) ?? 0), onProgress: (done) => void progress.push(done) },
      never,
    );

    expect(dc.log({ account, chat: technician }).at(-1)).toMatchObject({
      text: 'подпись',
      file: { size, sha256: sha256(bytes) },
    });
    expect(wrote).toEqual([size]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(sent?.file).toMatchObject({ kind: as, size });
    expect(sha256(await download(connection, sent!.file!))).toBe(sha256(bytes));
  });

  it('makes albums of what belongs together', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const files = [
      makeFile('a.jpg', 2000, 'photo'),
      makeFile('b.jpg', 3000, 'photo'),
      makeFile('c.pdf', 4000),
    ];
    const message = {
      peer,
      text: 'три файла',
      entities: [],
      replyTo: null,
      files: files.map(({ file }) => file),
      randomIds: ['11', '12', '13'],
    };

    const sent = await connection.send(message, noHooks, never);

    const there = dc.log({ account, chat: technician }).slice(-3);
    expect(sent.map(({ randomId, id }) => [randomId, id])).toEqual(
      there.map(({ randomId, id }) => [randomId, id]),
    );
    expect(there.map(({ text }) => text)).toEqual(['три файла', '', '']);
    expect(there.map(({ file }) => file?.sha256)).toEqual(files.map(({ bytes }) => sha256(bytes)));
    const { messages } = await connection.messages(
      peer,
      sent.map(({ id }) => id),
    );
    const groups = messages.toReversed().map(({ groupedId }) => groupedId);
    expect(groups[0]).not.toBeNull();
    expect(groups[1]).toBe(groups[0]);
    await expect(connection.send(message, noHooks, never)).rejects.toMatchObject({ reason: 'already-sent' });
  });

  it('finishes a row of files of which a part had left before', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const photo = makeFile('first.jpg', 2000, 'photo');
    const paper = makeFile('second.pdf', 2000);
    const common = { peer, text: '', entities: [], replyTo: null };
    await connection.send({ ...common, files: [photo.file], randomIds: ['21'] }, noHooks, never);

    const whole = { ...common, files: [photo.file, paper.file], randomIds: ['21', '22'] };
    await expect(connection.send(whole, noHooks, never)).rejects.toMatchObject({ reason: 'already-sent' });

    const ids = dc.log({ account, chat: technician }).map(({ randomId }) => randomId);
    expect(ids.slice(-2)).toEqual(['21', '22']);
  });

  it('says that a file is no longer there, and writes nothing', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const { file } = makeFile('gone.pdf', 10);
    rmSync(file.path);
    let wrote = false;

    const sending = connection.send(
      { peer, text: '', entities: [], replyTo: null, files: [file], randomIds: ['1'] },
      { wrote: () => (wrote = true) },
      never,
    );

    await expect(sending).rejects.toMatchObject({ reason: 'file-missing' });
    expect(wrote).toBe(false);
  });
});

describe('a file', () => {
  async function received(dcId: number, size: number) {
    const dc = await start();
    const desk = await signedIn(dc);
    const bytes = randomBytes(size);
    const media = { kind: 'document', name: 'акт.pdf', base64: bytes.toString('base64'), dcId } as const;
    const { id } = dc.receive({ account, chat: bot, media });
    const peer = await findPeer(desk.connection, 'u2003');
    const { messages } = await desk.connection.messages(peer, [id]);
    return { dc, bytes, file: messages[0]!.file!, ...desk };
  }

  it('comes from another data centre as well', async () => {
    const { connection, file, bytes, dc } = await received(4, 1_300_000);

    expect(file).toMatchObject({ fileName: 'акт.pdf', size: 1_300_000, location: { dc: 4 } });
    expect(sha256(await download(connection, file))).toBe(sha256(bytes));

    dc.clearCalls();
    await download(connection, file);
    expect(dc.calls().map(({ method }) => method)).not.toContain('auth.ExportAuthorization');
  });

  it('is found where it moved to', async () => {
    const { connection, file, bytes } = await received(4, 10_000);
    const believed = { ...file, location: { ...file.location, dc: 2 } };

    expect(sha256(await download(connection, believed))).toBe(sha256(bytes));
  });

  it('whose reference grew old says so', async () => {
    const { connection, file, dc } = await received(2, 10_000);
    dc.expireFileReferences();

    await expect(download(connection, file)).rejects.toMatchObject({ reason: 'file-expired' });
  });

  it('is written in order and no faster than the disk takes it', async () => {
    const { connection, file, bytes, dc } = await received(2, 6_000_000);
    const chunks: Uint8Array[] = [];
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    dc.clearCalls();

    const asked = () => dc.calls().filter(({ method }) => method === 'upload.GetFile').length;
    const downloading = connection.download(
      file,
      async (chunk) => {
        chunks.push(chunk);
        await held;
      },
      never,
    );
    await expect.poll(asked).toBe(4);
    const askedWhileHeld = asked();
    release();
    await downloading;

    expect(askedWhileHeld).toBe(4);
    expect(sha256(Buffer.concat(chunks))).toBe(sha256(bytes));
  });

  it('is given up when nobody wants it any more', async () => {
    const { connection, file } = await received(2, 3_000_000);
    const abort = new AbortController();

    const downloading = connection.download(file, async () => abort.abort(), abort.signal);

    await expect(downloading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
