import { createHash } from 'node:crypto';

export type LetterAddress = string | { readonly name: string; readonly address: string };

export type LetterAttachment = {
  /** Empty for a part without a name. */
  readonly fileName: string;
  readonly content: Uint8Array | string;
  readonly mimeType?: string;
  readonly contentId?: string;
  readonly inline?: boolean;
};

export type LetterParts = {
  readonly from?: LetterAddress | null;
  readonly to?: LetterAddress | readonly LetterAddress[];
  readonly cc?: LetterAddress | readonly LetterAddress[];
  readonly replyTo?: LetterAddress | readonly LetterAddress[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  /** Epoch milliseconds, or the header's text as it is; null leaves the header out. */
  readonly date?: number | string | null;
  /** Without angle brackets; null leaves the header out; by default made from the rest of the letter. */
  readonly messageId?: string | null;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly LetterAttachment[];
  /** Of the subject, the names and the bodies: `utf-8`, `koi8-r`, `windows-1251`, `ibm866`, … */
  readonly charset?: string;
  /** Of the bodies. */
  readonly encoding?: 'base64' | 'quoted-printable' | '8bit';
};

const defaultDate = Date.UTC(2026, 2, 4, 5, 30, 0);

/** A well-formed letter with CRLF lines; the same parts give the same bytes. */
export function makeLetter(parts: LetterParts): Buffer {
  const charset = parts.charset ?? 'utf-8';
  const body = makeBody(parts, charset);
  const head: [string, string][] = [];
  if (parts.from !== null) head.push(['From', addressList(parts.from ?? 'sender@operator.example', charset)]);
  head.push(['To', addressList(parts.to ?? 'desk@towers.example', charset)]);
  if (parts.cc !== undefined) head.push(['Cc', addressList(parts.cc, charset)]);
  if (parts.replyTo !== undefined) head.push(['Reply-To', addressList(parts.replyTo, charset)]);
  head.push(['Subject', encodeWords(parts.subject ?? 'Тестовое письмо', charset)]);
  if (parts.date !== null) head.push(['Date', dateHeader(parts.date ?? defaultDate)]);
  if (parts.messageId !== null) head.push(['Message-ID', `<${parts.messageId ?? madeId(head, body.bytes)}>`]);
  if (parts.inReplyTo !== undefined) head.push(['In-Reply-To', `<${parts.inReplyTo}>`]);
  if (parts.references !== undefined) {
    head.push(['References', parts.references.map((id) => `<${id}>`).join('\r\n ')]);
  }
  head.push(...Object.entries(parts.headers ?? {}));
  head.push(['MIME-Version', '1.0']);
  return Buffer.concat([headerBytes(head), body.bytes]);
}

/** Bytes of `text` in a single-byte charset, or UTF-8; a character it lacks becomes `?`. */
export function encodeCharset(text: string, charset: string): Buffer {
  if (/^utf-?8$/i.test(charset)) return Buffer.from(text, 'utf8');
  const decoder = new TextDecoder(charset);
  const codes = new Map<string, number>();
  for (let code = 0; code < 256; code += 1) codes.set(decoder.decode(Uint8Array.of(code)), code);
  return Buffer.from(Array.from(text, (char) => codes.get(char) ?? 0x3f));
}

/** Repeatable bytes that do not compress, for attachments of any size. */
export function makeBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = seed | 0 || 1;
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

/** RFC 2047 words short enough for one line each; plain ASCII is left alone. */
function encodeWords(text: string, charset = 'utf-8'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  const chars = Array.from(text);
  for (let at = 0; at < chars.length; at += 20) {
    const bytes = encodeCharset(chars.slice(at, at + 20).join(''), charset);
    words.push(`=?${charset}?B?${bytes.toString('base64')}?=`);
  }
  return words.join('\r\n ');
}

type Entity = { readonly bytes: Buffer };

function makeBody(parts: LetterParts, charset: string): Entity {
  const encoding = parts.encoding ?? 'base64';
  const texts: Entity[] = [];
  if (parts.text !== undefined || parts.html === undefined) {
    texts.push(textEntity('text/plain', parts.text ?? '', charset, encoding));
  }
  if (parts.html !== undefined) texts.push(textEntity('text/html', parts.html, charset, encoding));
  const text = texts.length > 1 ? multipart('alternative', texts) : texts[0];
  if (text === undefined) throw new Error('a letter has at least one text part');
  const attachments = parts.attachments ?? [];
  const inline = attachments.filter((attachment) => attachment.inline === true);
  const attached = attachments.filter((attachment) => attachment.inline !== true);
  const related = inline.length > 0 ? multipart('related', [text, ...inline.map(attachmentEntity)]) : text;
  return attached.length > 0 ? multipart('mixed', [related, ...attached.map(attachmentEntity)]) : related;
}

function textEntity(
  mimeType: string,
  text: string,
  charset: string,
  encoding: 'base64' | 'quoted-printable' | '8bit',
): Entity {
  const bytes = encodeCharset(text.replaceAll(/\r?\n/g, '\r\n'), charset);
  const body =
    encoding === '8bit'
      ? bytes
      : encoding === 'base64'
        ? wrapBase64(bytes)
        : Buffer.from(quotedPrintable(bytes));
  return entity([['Content-Type', `${mimeType}; charset=${charset}`]], encoding, body);
}

function attachmentEntity(attachment: LetterAttachment): Entity {
  const { fileName, contentId } = attachment;
  const content =
    typeof attachment.content === 'string'
      ? Buffer.from(attachment.content)
      : Buffer.from(attachment.content);
  const name = /^[\x20-\x7e]*$/.test(fileName)
    ? `filename="${fileName.replaceAll('"', '')}"`
    : `filename*=utf-8''${encodeURIComponent(fileName)}`;
  const disposition = attachment.inline === true ? 'inline' : 'attachment';
  const head: [string, string][] = [
    ['Content-Type', attachment.mimeType ?? 'application/octet-stream'],
    ['Content-Disposition', fileName === '' ? disposition : `${disposition}; ${name}`],
  ];
  if (contentId !== undefined) head.push(['Content-ID', `<${contentId}>`]);
  return entity(head, 'base64', wrapBase64(content));
}

function entity(head: [string, string][], encoding: string, body: Buffer): Entity {
  return {
    bytes: Buffer.concat([headerBytes([...head, ['Content-Transfer-Encoding', encoding]], true), body]),
  };
}

function multipart(subtype: string, children: readonly Entity[]): Entity {
  const digest = createHash('sha256');
  for (const child of children) digest.update(child.bytes);
  const boundary = `=_${subtype}_${digest.digest('hex').slice(0, 24)}`;
  const chunks = [headerBytes([['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]], true)];
  for (const child of children)
    chunks.push(Buffer.from(`--${boundary}\r\n`), child.bytes, Buffer.from('\r\n'));
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(chunks) };
}

function headerBytes(head: readonly (readonly [string, string])[], end = false): Buffer {
  return Buffer.from(`${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}${end ? '\r\n' : ''}`);
}

function addressList(list: LetterAddress | readonly LetterAddress[], charset: string): string {
  const all = typeof list === 'string' || 'address' in list ? [list] : list;
  return all
    .map((one) => {
      if (typeof one === 'string') return one;
      const plain = /^[\w ]*$/.test(one.name)
        ? one.name
        : `"${one.name.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
      const name = /^[\x20-\x7e]*$/.test(one.name) ? plain : encodeWords(one.name, charset);
      return `${name} <${one.address}>`;
    })
    .join(',\r\n ');
}

function dateHeader(date: number | string): string {
  return typeof date === 'string' ? date : new Date(date).toUTCString().replace('GMT', '+0000');
}

function madeId(head: readonly (readonly [string, string])[], body: Buffer): string {
  const digest = createHash('sha256').update(JSON.stringify(head)).update(body).digest('hex');
  return `${digest.slice(0, 32)}@letters.example`;
}

function wrapBase64(bytes: Buffer): Buffer {
  const encoded = bytes.toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < encoded.length; at += 76) lines.push(encoded.slice(at, at + 76));
  return Buffer.from(lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`);
}

function quotedPrintable(bytes: Buffer): string {
  const lines: string[] = [];
  for (const line of bytes.toString('latin1').split('\r\n')) {
    let row = '';
    for (const char of line) {
      const code = char.charCodeAt(0);
      const plain = (code >= 0x20 && code < 0x7f && char !== '=') || char === '\t';
      const piece = plain ? char : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
      if (row.length + piece.length > 75) {
        lines.push(`${row}=`);
        row = '';
      }
      row += piece;
    }
    lines.push(row.replace(/[ \t]$/, (space) => (space === ' ' ? '=20' : '=09')));
  }
  return lines.join('\r\n');
}
