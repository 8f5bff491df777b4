import type { StoredBody } from './body-store.ts';
import { type Header, headerValue } from './header-block.ts';
import { parseStructuredValue } from './structured-value.ts';

export type PartBody<Stored> = {
  /** What was kept in memory to be read; empty when the part went straight to the store. */
  readonly head: Uint8Array;
  /** More than `head` arrived. */
  readonly cut: boolean;
  readonly stored: StoredBody<Stored> | undefined;
  /** The letter inside a message/rfc822 part. */
  readonly nested: MimePart<Stored> | undefined;
};

export type MimePart<Stored> = {
  readonly headers: readonly Header[];
  /** Lower case, such as `text/plain`. */
  readonly type: string;
  readonly params: ReadonlyMap<string, string>;
  readonly disposition: string;
  readonly fileName: string | undefined;
  /** Without angle brackets. */
  readonly contentId: string | undefined;
  readonly encoding: string;
  readonly guessed: boolean;
  readonly children: MimePart<Stored>[];
  body: PartBody<Stored> | undefined;
};

export function createPart<Stored>(
  headers: readonly Header[],
  defaultType: string,
  guessed: boolean,
): MimePart<Stored> {
  const type = parseStructuredValue(headerValue(headers, 'content-type') ?? '');
  const disposition = parseStructuredValue(headerValue(headers, 'content-disposition') ?? '');
  const encoding = headerValue(headers, 'content-transfer-encoding') ?? '';
  return {
    headers,
    type: /^[\w.+-]+\/[\w.+-]+$/.test(type.value) ? type.value : defaultTypeFor(type.value, defaultType),
    params: type.params,
    disposition: disposition.value,
    fileName: disposition.params.get('filename') ?? type.params.get('name'),
    contentId: toContentId(headerValue(headers, 'content-id')),
    encoding: /[\w-]+/.exec(encoding.replaceAll(/\([^()]*\)/g, ''))?.[0].toLowerCase() ?? '',
    guessed: guessed || type.guessed || disposition.guessed,
    children: [],
    body: undefined,
  };
}

/** Old mailers write `Content-Type: text`. */
function defaultTypeFor(value: string, defaultType: string): string {
  return value === '' || value === 'text' || value === 'text/' ? defaultType : 'application/octet-stream';
}

function toContentId(value: string | undefined): string | undefined {
  const id = value?.replaceAll(/[<>\s]/g, '');
  return id === '' ? undefined : id;
}
