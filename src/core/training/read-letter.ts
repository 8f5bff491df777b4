export type ReadLetter = {
  readonly messageId: string | undefined;
  readonly references: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Sent by a machine (RFC 3834): nobody answers it. */
  readonly automatic: boolean;
};

/**
 * As much of a letter as the people of the shift need to answer it. It reads what our own desk sends; the desk's
 * parser is not used, so that a fault in it cannot hide itself.
 */
export function readLetter(raw: Buffer): ReadLetter {
  const { headers, body } = splitEntity(raw.toString('latin1'));
  return {
    messageId: ids(headers.get('message-id'))[0],
    references: ids(headers.get('references')),
    subject: decodeWords(headers.get('subject') ?? ''),
    text: findText(headers, body) ?? '',
    automatic: /^auto-/i.test(headers.get('auto-submitted') ?? ''),
  };
}

type Headers = ReadonlyMap<string, string>;

function splitEntity(entity: string): { readonly headers: Headers; readonly body: string } {
  const end = entity.indexOf('\r\n\r\n');
  const head = end < 0 ? entity : entity.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : entity.slice(end + 4) };
}

/** The first text/plain part, depth first. */
function findText(headers: Headers, body: string): string | undefined {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary !== undefined) {
    for (const part of body.split(`--${boundary}`).slice(1)) {
      const inner = splitEntity(part.replace(/^\r\n/, ''));
      const text = findText(inner.headers, inner.body);
      if (text !== undefined) return text;
    }
    return undefined;
  }
  if (!/^text\/plain/i.test(type)) return undefined;
  return decodeBody(body, headers.get('content-transfer-encoding') ?? '');
}

function decodeBody(body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString();
  if (/quoted-printable/i.test(encoding)) return unquote(body.replaceAll(/=\r?\n/g, ''));
  return Buffer.from(body, 'latin1').toString();
}

function decodeWords(value: string): string {
  // Some programs send a header as bare UTF-8.
  const text = Buffer.from(value, 'latin1').toString();
  return text.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (run) => {
    const bytes = Array.from(run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi), ([, kind, word = '']) =>
      /b/i.test(kind ?? '') ? Buffer.from(word, 'base64') : unquotedBytes(word.replaceAll('_', ' ')),
    );
    // A character may be cut in two by a word's end, so bytes are joined before they become text.
    return Buffer.concat(bytes).toString();
  });
}

function unquote(text: string): string {
  return unquotedBytes(text).toString();
}

function unquotedBytes(text: string): Buffer {
  const bytes = text.replaceAll(/=([0-9a-f]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

function ids(value = ''): string[] {
  return Array.from(value.matchAll(/<([^<>\s]+)>/g), ([, id = '']) => id);
}
