import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import { entryHash } from '../journal/chain-check.ts';
import type { JournalRow } from '../db/journal-store.ts';
import { addNote } from '../notes/notes.ts';
import { createDossierDesk, type DossierDesk } from './dossier-desk.ts';
import { createMakePdf, paperWorkerPath } from './make-pdf.ts';

let kit: UndoKit;
let folder: string;
let desk: DossierDesk;
let anna: number;
let incidentId: number;
const rawOf = new Map<number, string>();

beforeEach(() => {
  kit = createUndoKit();
  folder = mkdtempSync(join(tmpdir(), 'pult-dossier-'));
  rawOf.clear();
  anna = kit.addPerson('Орлова Анна');
  incidentId = kit.open(
    {
      title: '<script>alert(1)</script> "Нет" питания',
      description: '',
      applicantName: '<b>Зуев</b>',
      applicantPhone: '',
      applicantAddress: '',
      asset: '',
      typeId: null,
      assigneeId: null,
    },
    anna,
  );
  desk = createDossierDesk({
    ...kit.desk,
    raw: (messageId) => {
      const sha256 = rawOf.get(messageId);
      return sha256 === undefined ? undefined : { sha256 };
    },
    rawFile: (sha256) => join(folder, `${sha256}.eml`),
    attachmentFile: (sha256) => join(folder, sha256),
    makePdf: createMakePdf(paperWorkerPath(join(import.meta.dirname, '../mail/parse-worker.ts'))),
  });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Attached = { readonly name: string; readonly bytes: Buffer };

/** A letter that came, with its raw bytes and its files on this disk. */
function letter(text: string, raw: Buffer | undefined, files: readonly Attached[] = []): number {
  const conversationId = kit.db.transact(() =>
    kit.desk.conversations.insert({
      uuid: `c-${text}`,
      channel: 'mail',
      accountId: null,
      incidentId,
      createdAt: 1,
    } as never),
  );
  const id = Number(
    kit.db.connection
      .prepare(
        `INSERT INTO message (uuid, conversation_id, direction, channel, subject, from_name, from_address, text, sent_at,
           received_at, link, revision)
         VALUES (?, ?, 'in', 'mail', 'Тема', '', 'noc@operator.example', ?, ?, ?, '{"by":"opened"}', 1)`,
      )
      .run(`m-${text}`, conversationId, text, kit.clock.now(), kit.clock.now()).lastInsertRowid,
  );
  if (raw) {
    const hash = sha256(raw);
    rawOf.set(id, hash);
    writeFileSync(join(folder, `${hash}.eml`), raw);
  }
  files.forEach(({ name, bytes }, position) => {
    const hash = sha256(bytes);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, hash), bytes);
    kit.db.connection
      .prepare(
        `INSERT INTO attachment (message_id, position, sha256, file_name, mime_type, size, inline)
         VALUES (?, ?, ?, ?, 'application/octet-stream', ?, 0)`,
      )
      .run(id, position, hash, name, bytes.length);
  });
  return id;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const take = async (as: 'print' | 'pdf' | 'archive', notes = false) => {
  const { path } = desk.take({ incidentId, as, notes, language: 'ru', lines: [], actor: anna });
  return desk.respond(path.slice('dossier/'.length));
};

async function unpack(response: Response): Promise<Map<string, Buffer>> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const zip = await yauzl.fromBufferPromise(bytes);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

describe('the archive', () => {
  test('holds every raw letter and every attachment byte for byte, with their hashes', async () => {
    const raw = Buffer.from('From: noc@operator.example\r\n\r\n\xff\x00bytes', 'latin1');
    const photo = Buffer.from([0, 255, 13, 10, 26, 0]);
    letter('Первое', raw, [{ name: 'фото.jpg', bytes: photo }]);

    const files = await unpack(await take('archive'));

    const [eml] = [...files.keys()].filter((name) => name.endsWith('.eml'));
    const [jpg] = [...files.keys()].filter((name) => name.endsWith('фото.jpg'));
    expect(files.get(eml ?? '')).toEqual(raw);
    expect(files.get(jpg ?? '')).toEqual(photo);
    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as {
      files: { name: string; sha256: string }[];
    };
    for (const { name, sha256: told } of manifest.files) expect(sha256(files.get(name)!)).toBe(told);
    expect(manifest.files).toHaveLength(2);
  });

  test('carries the journal so that each entry can be checked by itself', async () => {
    const files = await unpack(await take('archive'));

    const { entries } = JSON.parse(files.get('journal.json')!.toString()) as { entries: JournalRow[] };
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.map((entry) => entryHash(entry))).toEqual(entries.map(({ hash }) => hash));
    expect(entries.at(-1)?.kind).toBe('incident.exported');
  });

  test('gives hostile names of attachments a safe place of their own', async () => {
    const hostile = [
      '../../etc/passwd',
      'C:\\boot.ini',
      'CON.txt',
      'a.pdf',
      'A.PDF',
      'x\u202egpj.exe',
      '..',
      'b:c*?.txt',
    ];
    letter(
      'Файлы',
      undefined,
      hostile.map((name, index) => ({ name, bytes: Buffer.from([index]) })),
    );

    const names = [...(await unpack(await take('archive'))).keys()].filter((name) =>
      name.startsWith('attachments/'),
    );

    expect(names).toHaveLength(hostile.length);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(hostile.length);
    for (const name of names) {
      expect(name).toMatch(/^attachments\/\d{4}-[\d-]+_\d{4}-in\/[^/\\:*?"<>|\u202e]+$/);
      expect(name.split('/')).not.toContain('..');
      expect(name).not.toMatch(/\/(con|prn|aux|nul)(\.|$)/i);
    }
  });

  test('names what is not on this disk and gives the rest', async () => {
    letter('Есть', Buffer.from('From: a@b.example\r\n\r\n'));
    rawOf.set(letter('Нет', undefined), 'f'.repeat(64));

    const files = await unpack(await take('archive'));

    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as {
      missing: { sha256: string }[];
    };
    expect(manifest.missing.map(({ sha256: hash }) => hash)).toEqual(['f'.repeat(64)]);
    expect([...files.keys()].filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  });
});

describe('the document', () => {
  test('shows what others wrote as text, never as a page', async () => {
    letter('</div><img src=x onerror=alert(1)>', undefined);

    const response = await take('print');
    const html = await response.text();

    expect(html).not.toMatch(/<(script|img|b)\b/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  });

  test('has the notes only when they were asked for', async () => {
    addNote(kit.desk, { incidentId, text: 'внутреннее <i>слово</i>' }, anna);

    expect(await (await take('print')).text()).not.toContain('внутреннее');
    const withNotes = await (await take('print', true)).text();
    expect(withNotes).toContain('внутреннее &lt;i&gt;слово&lt;/i&gt;');
    const archive = await unpack(await take('archive'));
    for (const bytes of archive.values()) expect(bytes.toString()).not.toContain('внутреннее');
  });

  test('is told by the journal with whoever took it', async () => {
    await take('print', true);

    const last = kit.desk.journal.ofSubject('incident', incidentId).at(-1);
    expect(last).toMatchObject({ kind: 'incident.exported', actorId: anna });
    expect(JSON.parse(last?.payload ?? '')).toEqual({ as: 'print', notes: true });
  });

  test('is gone after ten minutes, and for whoever guesses', async () => {
    const { path } = desk.take({
      incidentId,
      as: 'print',
      notes: false,
      language: 'ru',
      lines: [],
      actor: anna,
    });
    kit.clock.jump(600_001);

    await expect(desk.respond(path.slice('dossier/'.length))).rejects.toThrow(
      expect.objectContaining({ code: 'not-found', details: { reason: 'dossier-gone' } }),
    );
    await expect(desk.respond('AAAA')).rejects.toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('the PDF', () => {
  test('is a PDF with Cyrillic letters, whatever was written', async () => {
    letter(`Длинное ${'слово'.repeat(200)} \u{1f600} \u0000`, undefined);

    const response = await take('pdf', true);
    const bytes = Buffer.from(await response.arrayBuffer());

    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1')).toMatch(/Roboto/);
    expect(response.headers.get('content-disposition')).toContain('PLT-1001.pdf');
  });
});
