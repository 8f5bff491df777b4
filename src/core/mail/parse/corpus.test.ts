import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ParsedLetter, parseLetter } from './parse-letter.ts';

type Expected = {
  readonly subject: string;
  readonly from: string | null;
  readonly text: string;
  /** Name, type, bytes. */
  readonly attachments: readonly (readonly [string, string, number])[];
  readonly notes: readonly string[];
  /** Kind and evidence. */
  readonly automatic: readonly [string, string] | null;
  readonly bounce?: object;
  readonly fromName?: string;
  readonly to?: readonly string[];
  readonly externalId?: string;
  readonly inReplyTo?: string | null;
  readonly references?: readonly string[];
  readonly sentAt?: string;
  readonly html?: string;
  readonly htmlLacks?: readonly string[];
  readonly inline?: readonly string[];
  readonly attachmentCount?: number;
  readonly checkText?: false;
};

const folder = join(import.meta.dirname, '../../../../test/fixtures/mail');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;
const receivedAt = Date.parse('2026-03-04T05:31:00Z');

function parse(name: string): ParsedLetter {
  return parseLetter({ raw: readFileSync(join(folder, `${name}.eml`)), receivedAt });
}

test('every broken letter of the corpus has its expectations, and the other way round', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));

  expect(files.map((name) => name.slice(0, -4)).toSorted()).toEqual(Object.keys(expected).toSorted());
  expect(files.length).toBeGreaterThanOrEqual(60);
});

describe.each(Object.entries(expected))('%s', (name, want) => {
  test('is read as a person would read it', () => {
    const letter = parse(name);

    expect(letter.subject).toBe(want.subject);
    expect(letter.from?.address ?? null).toBe(want.from);
    if (want.checkText !== false) expect(letter.text).toContain(want.text);
    expect(letter.notes).toEqual(want.notes);
    expect(letter.automatic && [letter.automatic.kind, letter.automatic.evidence]).toEqual(
      want.automatic ?? undefined,
    );
    expect(letter.text).not.toContain('\u{fffd}');
    expect(letter.subject).not.toContain('\u{fffd}');
    checkFiles(letter, want);
    checkHeads(letter, want);
    checkHtml(letter, want);
  });
});

function checkFiles(letter: ParsedLetter, want: Expected): void {
  const files = letter.attachments.map(({ fileName, mimeType, size }) => [fileName, mimeType, size]);
  if (want.attachmentCount === undefined) expect(files).toEqual(want.attachments);
  else expect(files).toHaveLength(want.attachmentCount);
  for (const { content, size } of letter.attachments) expect(content.length).toBe(size);
  expect(letter.attachments.filter(({ inline }) => inline).map(({ fileName }) => fileName)).toEqual(
    want.inline ?? [],
  );
}

function checkHeads(letter: ParsedLetter, want: Expected): void {
  if (want.bounce !== undefined) expect(letter.automatic?.bounce).toMatchObject(want.bounce);
  if (want.fromName !== undefined) expect(letter.from?.name).toBe(want.fromName);
  if (want.to !== undefined) expect(letter.to.map(({ address }) => address)).toEqual(want.to);
  if (want.externalId !== undefined) expect(letter.externalId).toBe(want.externalId);
  if (want.inReplyTo !== undefined) expect(letter.inReplyTo ?? null).toBe(want.inReplyTo);
  if (want.references !== undefined) expect(letter.references).toEqual(want.references);
  if (want.sentAt !== undefined)
    expect(new Date(letter.sentAt).toISOString()).toBe(new Date(want.sentAt).toISOString());
}

function checkHtml(letter: ParsedLetter, want: Expected): void {
  if (want.html !== undefined) expect(letter.html).toContain(want.html);
  for (const word of want.htmlLacks ?? []) expect(letter.html).not.toContain(word);
}
