import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yazl from 'yazl';
import type { MessageView } from '../../shared/contract/incidents.ts';
import { toFileName } from '../mail/parse/file-name.ts';
import { addressText, dossierHtml } from './dossier-html.ts';
import type { Dossier } from './dossier.ts';

export type ArchiveParts = {
  /** The raw letter a message came from. */
  readonly raw: (messageId: number) => { readonly sha256: string } | undefined;
  readonly rawFile: (sha256: string) => string;
  readonly attachmentFile: (sha256: string) => string;
};

type File = { readonly name: string; readonly path: string; readonly sha256: string };

/**
 * The document, every letter as it came, every attachment and the journal with its hashes. Files are opened one by one
 * as the archive is read: nothing of them is held in memory. What is not on this disk is named in `manifest.json`.
 */
export async function dossierArchive(parts: ArchiveParts, dossier: Dossier): Promise<Readable> {
  const zip = new yazl.ZipFile();
  const at = new Date(dossier.madeAt);
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text, 'utf8'), name, { mtime: at });
  const names = new Set<string>();
  const present: File[] = [];
  const missing: File[] = [];
  const texts: string[] = [];

  for (const [index, letter] of dossier.letters.entries()) {
    const stem = stemOf(letter, index + 1);
    const raw = parts.raw(letter.id);
    const files = letter.attachments.map(({ sha256, fileName, mimeType }, place) => ({
      name: unique(names, `attachments/${stem}/`, toFileName(fileName, mimeType, place + 1)),
      path: parts.attachmentFile(sha256),
      sha256,
    }));
    if (raw) files.push({ name: `letters/${stem}.eml`, path: parts.rawFile(raw.sha256), sha256: raw.sha256 });
    else {
      texts.push(`letters/${stem}.txt`);
      add(`letters/${stem}.txt`, letterText(letter));
    }
    for (const file of files) ((await isThere(file.path)) ? present : missing).push(file);
  }
  add('document.html', dossierHtml(dossier));
  add('journal.json', journalJson(dossier));
  add(
    'manifest.json',
    JSON.stringify(
      {
        code: dossier.code,
        madeAt: at.toISOString(),
        madeBy: dossier.madeBy,
        files: present.map(({ name, sha256 }) => ({ name, sha256 })),
        textOnly: texts,
        missing: missing.map(({ name, sha256 }) => ({ name, sha256 })),
      },
      null,
      2,
    ),
  );
  for (const { name, path } of present) {
    zip.addReadStreamLazy(name, { mtime: at }, (give) => {
      const stream = createReadStream(path);
      give(null, stream);
    });
  }
  zip.end();
  const output = zip.outputStream as Readable;
  // A file that vanishes between the look and the reading breaks the download rather than the desk.
  zip.on('error', (error: Error) => output.destroy(error));
  return output;
}

/** Sorts by time in any file manager. */
function stemOf({ sentAt, direction }: MessageView, number: number): string {
  const moment = new Date(sentAt).toISOString().slice(0, 16).replaceAll(':', '').replace('T', '_');
  return `${String(number).padStart(4, '0')}-${moment}-${direction}`;
}

/** Windows takes `A.pdf` and `a.PDF` for one file. */
function unique(names: Set<string>, folder: string, name: string): string {
  const extension = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : `${stem} (${copy})${extension}`;
    const key = `${folder}${candidate}`.toLowerCase().normalize('NFC');
    if (names.has(key)) continue;
    names.add(key);
    return `${folder}${candidate}`;
  }
}

function letterText(letter: MessageView): string {
  const lines = [
    `From: ${addressText([letter.from])}`,
    `To: ${addressText(letter.to)}`,
    `Date: ${new Date(letter.sentAt).toISOString()}`,
    `Subject: ${letter.subject}`,
    letter.chat ? `Chat: ${letter.chat.title}` : '',
  ];
  return `${lines.filter((line) => line !== '').join('\r\n')}\r\n\r\n${letter.text}`;
}

/** Each entry is whole with the hash of the one before it, so that it can be checked by itself. */
function journalJson({ code, journal }: Dossier): string {
  const fields =
    'sequence, uuid, at, workstation, actorId, subjectKind, subjectId, kind, payload, previousHash'.split(
      ', ',
    );
  const how = 'hash = SHA-256 of the JSON array of the fields in this order';
  return JSON.stringify({ code, how, fields, entries: journal }, null, 2);
}

async function isThere(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}
