import { decodeBytes } from './charset.ts';
import { decodeWords } from './words.ts';

/** A value with parameters, such as `text/plain; charset=utf-8`. */
export type StructuredValue = {
  /** Lower case. */
  readonly value: string;
  readonly params: ReadonlyMap<string, string>;
  readonly guessed: boolean;
};

/** RFC 2045 parameters with RFC 2231 continuations and charsets; the first of two equal names wins. */
export function parseStructuredValue(raw: string): StructuredValue {
  const [head = '', ...rest] = splitParameters(raw);
  const plain = new Map<string, string>();
  const sections = new Map<string, Section[]>();
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    if (equals < 1) continue;
    const key = parameter.slice(0, equals).trim().toLowerCase();
    const value = unquote(parameter.slice(equals + 1).trim());
    const starred = /^([^*]+)\*(?:(\d{1,3})(\*?))?$/.exec(key);
    if (starred === null) {
      if (!plain.has(key)) plain.set(key, value);
      continue;
    }
    const name = starred[1] ?? '';
    const section = {
      order: Number(starred[2] ?? 0),
      encoded: starred[2] === undefined || starred[3] === '*',
      value,
    };
    sections.set(name, [...(sections.get(name) ?? []), section]);
  }
  let guessed = false;
  for (const [name, list] of sections) {
    const decoded = joinSections(list);
    guessed ||= decoded.guessed;
    plain.set(name, decoded.text);
  }
  for (const [name, value] of plain) {
    // RFC 2047 forbids words here; half of the mailers in use write them nevertheless.
    const decoded = decodeWords(value);
    guessed ||= decoded.guessed;
    plain.set(name, decoded.text);
  }
  return { value: head.replaceAll(/\([^()]*\)|["\s]/g, '').toLowerCase(), params: plain, guessed };
}

type Section = { readonly order: number; readonly encoded: boolean; readonly value: string };

/** Adjacent encoded sections are decoded together: one character's bytes may be split between two. */
function joinSections(sections: readonly Section[]): { text: string; guessed: boolean } {
  const ordered = sections.toSorted((a, b) => a.order - b.order);
  const marked = ordered[0]?.encoded === true ? /^([^']*)'[^']*'/.exec(ordered[0].value) : null;
  const bytes = Buffer.concat(
    ordered.map((section, index) => {
      const value = index === 0 && marked !== null ? section.value.slice(marked[0].length) : section.value;
      return section.encoded ? percentBytes(value) : Buffer.from(value);
    }),
  );
  return decodeBytes(bytes, marked?.[1] === '' ? undefined : marked?.[1]);
}

function percentBytes(value: string): Buffer {
  const pieces = value.split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    pieces.map((piece) =>
      /^%[0-9A-Fa-f]{2}$/.test(piece) ? Buffer.of(Number.parseInt(piece.slice(1), 16)) : Buffer.from(piece),
    ),
  );
}

/** Splits at semicolons outside quotes; an unclosed quote ends with the value. */
function splitParameters(raw: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(raw.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(raw.slice(start));
  return pieces;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return withoutComment(value);
  const body = /^"((?:[^"\\]|\\.)*)/s.exec(value)?.[1] ?? '';
  // A backslash before a letter is a Windows path written by a careless mailer, not an escape.
  return body.replaceAll(/\\(["\\])/g, '$1');
}

function withoutComment(value: string): string {
  const comment = value.search(/\s\(/);
  return comment < 0 ? value : value.slice(0, comment).trimEnd();
}
