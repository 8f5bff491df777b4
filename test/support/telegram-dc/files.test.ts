import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import { CustomFile } from 'telegram/client/uploads.js';
import { irina, technician } from './sample-world.ts';
import { setUpTelegram } from './test-kit.ts';

const { start, signedIn } = setUpTelegram();
const account = irina.account;

describe('files', () => {
  it('come back as they were sent: a photo, a document, and one of more than ten megabytes', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const files = [
      { name: 'mast.jpg', bytes: randomBytes(700_001), kind: 'photo' },
      { name: 'акт.pdf', bytes: randomBytes(30_000), kind: 'document' },
      { name: 'log.bin', bytes: randomBytes(11 * 1024 * 1024 + 5), kind: 'document' },
    ] as const;

    for (const { name, bytes, kind } of files) {
      const file = new CustomFile(name, bytes.length, '', bytes);
      const message = await client.sendFile('denis_tech', { file, caption: name });
      const back = await client.downloadMedia(message, {});

      expect(Buffer.isBuffer(back) && back.equals(bytes)).toBe(true);
      expect(dc.log({ account, chat: technician }).at(-1)).toMatchObject({
        text: name,
        file: { kind, size: bytes.length },
      });
    }
  });

  it('are fetched from another data centre, as thumbnails, and again when the reference has expired', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const bytes = randomBytes(50_000);
    const media = {
      kind: 'photo',
      base64: bytes.toString('base64'),
      dcId: 4,
      width: 1280,
      height: 960,
    } as const;
    dc.receive({ account, chat: technician, text: 'фото', media });
    const [message] = await client.getMessages('denis_tech', { limit: 1 });

    const whole = await client.downloadMedia(message!, {});
    const thumbnail = await client.downloadMedia(message!, { thumb: 0 });
    dc.expireFileReferences();
    await expect(client.downloadMedia(message!, {})).rejects.toMatchObject({
      errorMessage: 'FILE_REFERENCE_EXPIRED',
    });
    const [fresh] = await client.getMessages('denis_tech', { limit: 1 });

    expect(Buffer.isBuffer(whole) && whole.equals(bytes)).toBe(true);
    expect(Buffer.isBuffer(thumbnail) && thumbnail.length).toBeLessThan(300);
    expect(Buffer.isBuffer(await client.downloadMedia(fresh!, {}))).toBe(true);
    expect(dc.calls().filter(({ method, dcId }) => method === 'upload.GetFile' && dcId === 4)).not.toEqual(
      [],
    );
  });

  it('are read only in aligned pieces', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const base64 = randomBytes(10_000).toString('base64');
    dc.receive({ account, chat: technician, media: { kind: 'document', base64, name: 'a.bin' } });
    const [message] = await client.getMessages('denis_tech', { limit: 1 });
    const { id, accessHash, fileReference } = message!.document!;
    const location = new Api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize: '' });
    const read = (offset: number, limit: number, precise = false) =>
      client.invoke(new Api.upload.GetFile({ location, offset: bigInt(offset), limit, precise }));

    await expect(read(100, 4096)).rejects.toMatchObject({ errorMessage: 'OFFSET_INVALID' });
    await expect(read(0, 5000)).rejects.toMatchObject({ errorMessage: 'LIMIT_INVALID' });
    await expect(read(4096, 1_048_576)).rejects.toMatchObject({ errorMessage: 'LIMIT_INVALID' });
    expect(await read(8192, 4096)).toMatchObject({ bytes: { length: 10_000 - 8192 } });
    expect(await read(1024, 1024, true)).toMatchObject({ bytes: { length: 1024 } });
  });
});

describe('what else a message carries', () => {
  it('voice, video notes, places, contacts, formatting, replies and forwards', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const base64 = randomBytes(2000).toString('base64');
    const chat = technician;
    dc.receive({ account, chat, media: { kind: 'voice', base64, seconds: 7 } });
    dc.receive({ account, chat, media: { kind: 'round', base64, seconds: 5 } });
    dc.receive({ account, chat, media: { kind: 'geo', latitude: 59.93, longitude: 30.33 } });
    const phone = '+79990000001';
    dc.receive({
      account,
      chat,
      media: { kind: 'contact', phone, firstName: 'Олег', lastName: '', userId: 0 },
    });
    dc.receive({
      account,
      chat,
      text: 'важно тут',
      entities: [
        { type: 'bold', offset: 0, length: 5 },
        { type: 'textUrl', offset: 6, length: 3, url: 'https://map.example/1204' },
      ],
      replyTo: 100,
      forward: { from: 'user:2002' },
    });

    const messages = await client.getMessages('denis_tech', { limit: 5 });
    const [text, contact, place, round, voice] = messages;

    expect(text).toMatchObject({
      entities: [{ className: 'MessageEntityBold' }, { url: 'https://map.example/1204' }],
      replyTo: { replyToMsgId: 100 },
      fwdFrom: { fromId: { className: 'PeerUser' } },
    });
    expect(contact?.media).toMatchObject({ firstName: 'Олег', phoneNumber: phone });
    expect(place?.media).toMatchObject({ geo: { lat: 59.93, long: 30.33 } });
    expect(round?.media).toMatchObject({ round: true, document: { attributes: [{ roundMessage: true }] } });
    expect(voice?.media).toMatchObject({
      voice: true,
      document: { attributes: [{ voice: true, duration: 7 }] },
    });
  });

  it('an album is one group of messages', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const pictures = ['a.jpg', 'b.jpg'].map((name) => new CustomFile(name, 5000, '', randomBytes(5000)));

    await client.sendFile('denis_tech', { file: pictures, caption: ['раз', 'два'] });

    const sent = await client.getMessages('denis_tech', { limit: 2 });
    expect(Array.from(sent, ({ message }) => message)).toEqual(['два', 'раз']);
    expect(sent[0]?.groupedId?.toString()).toBe(sent[1]?.groupedId?.toString());
    expect(sent[0]?.groupedId).toBeTruthy();
  });
});
