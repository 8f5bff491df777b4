import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingFile, RemoteFile, TelegramConnection } from '../../src/core/telegram/telegram-port.ts';
import { bot, crewGroup, irina, regionGroup, technician } from '../support/telegram-dc/sample-world.ts';
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

  it('is given up while a file is on its way, tells how far it came, and is never said', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const { file } = makeFile('долгий.pdf', 1_000_000);
    const abort = new AbortController();
    const told: string[] = [];
    const before = dc.log({ account, chat: technician }).length;

    const sending = connection.send(
      { peer, text: 'Схема', entities: [], replyTo: null, files: [file], randomIds: ['77'] },
      {
        wrote: () => void told.push('wrote'),
        onProgress(bytes) {
          told.push(`${bytes > 0 && bytes < file.size ? 'part' : 'all'}`);
          abort.abort();
        },
      },
      abort.signal,
    );

    await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
    expect(told[0]).toBe('part');
    expect(told).not.toContain('wrote');
    expect(dc.log({ account, chat: technician })).toHaveLength(before);
    expect(dc.calls().filter(({ method }) => method === 'messages.SendMedia')).toEqual([]);
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
