import { decodeBytes } from './charset.ts';
import { decompressRtf } from './compressed-rtf.ts';

export type TnefFile = {
  readonly fileName: string | undefined;
  readonly mimeType: string;
  readonly content: Uint8Array;
};
export type TnefLetter = {
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly files: readonly TnefFile[];
};

const signature = 0x223e9f78;
const maxFiles = 500;

/** Attribute ids of MS-OXTNEF section 2.1.3.3. */
const attributes = {
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachRendData: 0x9002,
  mapi: 0x9003,
  attachMapi: 0x9005,
  codePage: 0x9007,
};
/** MAPI property ids of MS-OXPROPS. */
const properties = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  attachData: 0x3701,
  longName: 0x3707,
  shortName: 0x3704,
  mimeTag: 0x370e,
};

/** Outlook's winmail.dat: its files and its body. Undefined when it is not TNEF; what is cut off in the middle is left out. */
export function readTnef(bytes: Uint8Array): TnefLetter | undefined {
  const view = viewOf(bytes);
  if (view.byteLength < 6 || view.getUint32(0, true) !== signature) return undefined;
  const draft: Draft = { files: [], charset: 'windows-1251' };
  for (const attribute of readAttributes(bytes)) takeAttribute(draft, attribute);
  const files: TnefFile[] = draft.files.flatMap(({ name, mimeType, data }) =>
    data === undefined
      ? []
      : [{ fileName: name, mimeType: mimeType ?? 'application/octet-stream', content: data }],
  );
  const rtf = draft.rtf === undefined || draft.html !== undefined ? undefined : decompressRtf(draft.rtf);
  if (rtf !== undefined) files.push({ fileName: 'message.rtf', mimeType: 'application/rtf', content: rtf });
  return { text: draft.text, html: draft.html, files };
}

type FileDraft = { name?: string; mimeType?: string; data?: Uint8Array };

type Draft = { readonly files: FileDraft[]; charset: string; text?: string; html?: string; rtf?: Uint8Array };

function takeAttribute(draft: Draft, { id, data }: Attribute): void {
  const text = () => decodeBytes(untilNul(data), draft.charset).text;
  if (id === attributes.codePage && data.length >= 4) draft.charset = `cp${viewOf(data).getUint32(0, true)}`;
  else if (id === attributes.body) draft.text = text();
  else if (id === attributes.mapi) takeBody(draft, readProperties(data, draft.charset));
  else if (id === attributes.attachRendData && draft.files.length < maxFiles) draft.files.push({});
  const file = draft.files.at(-1);
  if (file === undefined) return;
  if (id === attributes.attachTitle) file.name ??= text();
  else if (id === attributes.attachData) file.data = data;
  else if (id === attributes.attachMapi) Object.assign(file, fileOf(readProperties(data, draft.charset)));
}

function takeBody(draft: Draft, found: ReadonlyMap<number, Property>): void {
  const plain = found.get(properties.body);
  if (plain !== undefined)
    draft.text ??= plain.text ?? decodeBytes(untilNul(plain.bytes), draft.charset).text;
  const markup = found.get(properties.html);
  if (markup !== undefined) draft.html = markup.text ?? decodeBytes(markup.bytes, draft.charset).text;
  const rtf = found.get(properties.rtf)?.bytes;
  if (rtf !== undefined) draft.rtf = rtf;
}

type Attribute = { readonly id: number; readonly data: Uint8Array };

function* readAttributes(bytes: Uint8Array): Generator<Attribute> {
  const view = viewOf(bytes);
  // Level (1), id (2), type (2), length (4), data, checksum (2); the first six bytes are signature and key.
  for (let at = 6; at + 9 <= bytes.length;) {
    const length = view.getUint32(at + 5, true);
    const start = at + 9;
    if (start + length > bytes.length) return;
    yield { id: view.getUint16(at + 1, true), data: bytes.subarray(start, start + length) };
    at = start + length + 2;
  }
}

type Property = { readonly bytes: Uint8Array; readonly text: string | undefined };

/** Widths of MAPI types whose values have a fixed size (MS-OXCDATA section 2.11.1). */
const fixedWidths: Readonly<Record<number, number>> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 4,
  0x14: 8,
  0x40: 8,
  0x48: 16,
};
const unicodeType = 0x1f;
const stringType = 0x1e;

function readProperties(bytes: Uint8Array, charset: string): Map<number, Property> {
  const found = new Map<number, Property>();
  const view = viewOf(bytes);
  if (bytes.length < 4) return found;
  let at = 4;
  for (let left = view.getUint32(0, true); left > 0 && at + 4 <= bytes.length; left -= 1) {
    const type = view.getUint16(at, true);
    const id = view.getUint16(at + 2, true);
    at += 4;
    if (id >= 0x8000) at = skipName(view, at);
    const isMany = (type & 0x1000) !== 0;
    const width = fixedWidths[type & 0xfff];
    let count = 1;
    if (isMany || width === undefined) {
      if (at + 4 > bytes.length) return found;
      count = view.getUint32(at, true);
      at += 4;
    }
    for (let index = 0; index < count; index += 1) {
      let length = width;
      if (length === undefined) {
        if (at + 4 > bytes.length) return found;
        length = view.getUint32(at, true);
        at += 4;
      }
      if (at + length > bytes.length) return found;
      const value = bytes.subarray(at, at + length);
      if (index === 0) found.set(id, { bytes: value, text: textOf(value, type & 0xfff, charset) });
      at += length + ((4 - (length % 4)) % 4);
    }
  }
  return found;
}

/** A named property carries its GUID and either a number or a UTF-16 name. */
function skipName(view: DataView, at: number): number {
  if (at + 24 > view.byteLength) return view.byteLength;
  const isNumber = view.getUint32(at + 16, true) === 0;
  if (isNumber) return at + 24;
  const length = view.getUint32(at + 20, true);
  return at + 24 + length + ((4 - (length % 4)) % 4);
}

function textOf(value: Uint8Array, type: number, charset: string): string | undefined {
  if (type === unicodeType) return decodeBytes(value, 'utf-16le').text.replace(/\0[^]*$/, '');
  if (type === stringType) return decodeBytes(untilNul(value), charset).text;
  return undefined;
}

function fileOf(found: ReadonlyMap<number, Property>): {
  name?: string;
  mimeType?: string;
  data?: Uint8Array;
} {
  const name = found.get(properties.longName)?.text ?? found.get(properties.shortName)?.text;
  const mimeType = found.get(properties.mimeTag)?.text?.toLowerCase();
  const data = found.get(properties.attachData)?.bytes;
  return { ...(name && { name }), ...(mimeType && { mimeType }), ...(data && { data }) };
}

function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
