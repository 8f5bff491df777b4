import { createHash } from 'node:crypto';

/** A MIME entity: its own headers and its encoded body. */
export type Part = { readonly headers: readonly Header[]; readonly body: Buffer };
export type Header = readonly [name: string, value: string];

export type Charset = 'utf-8' | 'koi8-r' | 'windows-1251';

export type Mailbox = { readonly name: string; readonly address: string };

export type LetterHead = {
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc?: readonly Mailbox[];
  readonly subject: string;
  /** Without angle brackets, like all ids here. */
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Of the subject and the names. */
  readonly charset?: Charset;
  readonly extra?: readonly Header[];
};

export type FilePart = {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly inline?: boolean;
  readonly contentId?: string;
};

/** The whole letter with CRLF lines; the same arguments give the same bytes. */
export function composeLetter(head: LetterHead, part: Part, sentAt: number): Buffer {
  const charset = head.charset ?? 'utf-8';
  const headers: Header[] = [
    ['Date', moscowDate(sentAt)],
    ['From', addressList([head.from], charset)],
    ['To', addressList(head.to, charset)],
    ['Subject', encodedWords(head.subject, charset)],
    ['Message-ID', `<${head.messageId}>`],
    ['MIME-Version', '1.0'],
  ];
  if (head.cc !== undefined && head.cc.length > 0) headers.push(['Cc', addressList(head.cc, charset)]);
  if (head.inReplyTo !== undefined) headers.push(['In-Reply-To', `<${head.inReplyTo}>`]);
  if (head.references !== undefined && head.references.length > 0) {
    headers.push(['References', head.references.map((id) => `<${id}>`).join('\r\n ')]);
  }
  return entityBytes({ headers: [...headers, ...(head.extra ?? []), ...part.headers], body: part.body });
}

export function textPart(
  text: string,
  charset: Charset = 'utf-8',
  subtype: 'plain' | 'html' = 'plain',
): Part {
  const bytes = encode(text.replaceAll(/\r?\n/g, '\r\n'), charset);
  return base64Part([['Content-Type', `text/${subtype}; charset=${charset}`]], bytes);
}

/** Text sent as it is, for the robots that know no transfer encoding. */
export function eightBitPart(text: string, charset: Charset): Part {
  return {
    headers: [
      ['Content-Type', `text/plain; charset=${charset}`],
      ['Content-Transfer-Encoding', '8bit'],
    ],
    body: encode(text.replaceAll(/\r?\n/g, '\r\n'), charset),
  };
}

export function filePart({ name, type, bytes, inline = false, contentId }: FilePart): Part {
  const disposition = inline ? 'inline' : 'attachment';
  const headers: Header[] = [
    ['Content-Type', `${type}; name="${encodedWords(name, 'utf-8')}"`],
    ['Content-Disposition', `${disposition}; ${fileNameParameter(name)}`],
  ];
  if (contentId !== undefined) headers.push(['Content-ID', `<${contentId}>`]);
  return base64Part(headers, Buffer.from(bytes));
}

/** A letter inside a letter; its bytes are not encoded (RFC 2046 section 5.2.1). */
export function messagePart(letter: Buffer, fileName?: string): Part {
  const headers: Header[] = [['Content-Type', 'message/rfc822']];
  if (fileName !== undefined)
    headers.push(['Content-Disposition', `attachment; ${fileNameParameter(fileName)}`]);
  return { headers, body: letter };
}

/** `parameters` go into Content-Type as written, such as `; report-type=delivery-status`. */
export function multipart(subtype: string, parts: readonly Part[], parameters = ''): Part {
  const digest = createHash('sha256');
  const children = parts.map(entityBytes);
  for (const child of children) digest.update(child);
  const boundary = `----=_Part_${digest.digest('hex').slice(0, 20)}`;
  const chunks = children.flatMap((child) => [Buffer.from(`--${boundary}\r\n`), child, Buffer.from('\r\n')]);
  return {
    headers: [['Content-Type', `multipart/${subtype}; boundary="${boundary}"${parameters}`]],
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** RFC 2047 words, each short enough for a line of its own; plain ASCII stays. */
export function encodedWords(text: string, charset: Charset): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const chars = Array.from(text);
  const words: string[] = [];
  for (let at = 0; at < chars.length; at += 18) {
    const bytes = encode(chars.slice(at, at + 18).join(''), charset);
    words.push(`=?${charset}?B?${bytes.toString('base64')}?=`);
  }
  return words.join('\r\n ');
}

/** KOI8-R has no typographic signs; old programs put plain ones in their place. */
const plainSigns = new Map([
  ['«', '"'],
  ['»', '"'],
  ['—', '-'],
  ['№', 'N'],
]);

/** A character that the charset lacks becomes a plain one, or a question mark. */
function encode(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  const decoder = new TextDecoder(charset);
  const codes = new Map(
    Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]),
  );
  return Buffer.from(
    Array.from(text, (char) => codes.get(char) ?? codes.get(plainSigns.get(char) ?? '?') ?? 0x3f),
  );
}

function base64Part(headers: readonly Header[], bytes: Buffer): Part {
  const lines = bytes.toString('base64').match(/.{1,76}/g) ?? [];
  return {
    headers: [...headers, ['Content-Transfer-Encoding', 'base64']],
    body: Buffer.from(lines.map((line) => `${line}\r\n`).join('')),
  };
}

function entityBytes({ headers, body }: Part): Buffer {
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`), body]);
}

function addressList(list: readonly Mailbox[], charset: Charset): string {
  return list
    .map(({ name, address }) => {
      if (name === '') return address;
      const shown = /^[\x20-\x7e]*$/.test(name) ? `"${name}"` : encodedWords(name, charset);
      return `${shown} <${address}>`;
    })
    .join(',\r\n ');
}

function fileNameParameter(name: string): string {
  const isPlain = /^[\w.() -]+$/.test(name);
  return isPlain ? `filename="${name}"` : `filename*=utf-8''${encodeURIComponent(name)}`;
}

/** The people of the shift keep Moscow time. */
function moscowDate(at: number): string {
  return new Date(at + 3 * 3_600_000).toUTCString().replace('GMT', '+0300');
}
