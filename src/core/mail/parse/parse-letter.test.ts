import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeBytes, makeLetter } from '../../../../test/support/make-letter.ts';
import { memoryStore } from './body-store.ts';
import { parseLetter, startLetter } from './parse-letter.ts';

const corpus = join(import.meta.dirname, '../../../../test/fixtures/mail');
const receivedAt = Date.UTC(2026, 2, 4, 5, 31);

/** This thread's own work: other programs on the machine do not count. */
function busyMs(): number {
  return process.threadCpuUsage().user / 1000;
}

describe('a letter read from disk piece by piece', () => {
  test.each([1, 7, 61, 1000])('is the same letter in pieces of %i bytes', (pieceBytes) => {
    for (const name of readdirSync(corpus).filter((file) => file.endsWith('.eml'))) {
      const raw = readFileSync(join(corpus, name));
      const reading = startLetter(memoryStore, receivedAt);
      for (let at = 0; at < raw.length; at += pieceBytes) {
        // A copy: the reader must not keep a view of a buffer that is filled again.
        const piece = Buffer.from(raw.subarray(at, at + pieceBytes));
        reading.write(piece);
        piece.fill(0x2d);
      }
      const { message, attachments } = reading.end();

      const { attachments: wanted, ...rest } = parseLetter({ raw, receivedAt });
      expect(message, name).toEqual(rest);
      expect(
        attachments.map(({ fileName, body }) => [fileName, body.sha256]),
        name,
      ).toEqual(wanted.map(({ fileName, sha256 }) => [fileName, sha256]));
    }
  });
});

describe('the content hash', () => {
  const parts = {
    subject: 'Авария',
    text: 'Площадка без питания.\nСрочно.',
    messageId: 'a@operator.example',
  };
  const hashOf = (raw: Buffer) => parseLetter({ raw, receivedAt }).contentHash;
  const original = hashOf(makeLetter(parts));

  test('survives a provider that adds and rewrites header lines', () => {
    const moved = makeLetter({
      ...parts,
      subject: '[Внешнее] Авария',
      headers: { 'X-Spam': 'no', 'List-Id': '<x>' },
    });

    expect(hashOf(Buffer.concat([Buffer.from('Received: from a by b\r\n'), moved]))).toBe(original);
  });

  test('survives other line ends and another transfer encoding', () => {
    expect(hashOf(makeLetter({ ...parts, encoding: 'quoted-printable' }))).toBe(original);
    expect(hashOf(Buffer.from(makeLetter(parts).toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))).toBe(
      original,
    );
  });

  test.each([
    ['another text', { text: 'Питание восстановлено.' }],
    ['another sender', { from: 'other@operator.example' }],
    ['another date', { date: Date.UTC(2026, 2, 5) }],
    ['another Message-ID', { messageId: 'b@operator.example' }],
  ])('differs for %s', (_, change) => {
    expect(hashOf(makeLetter({ ...parts, ...change }))).not.toBe(original);
  });

  test('tells two scans apart when a robot sends them without Message-ID', () => {
    const scan = (content: string) =>
      hashOf(makeLetter({ text: '', messageId: null, attachments: [{ fileName: 'scan.pdf', content }] }));

    expect(scan('first')).not.toBe(scan('second'));
    expect(scan('first')).toBe(scan('first'));
  });
});

describe('a letter made to choke on', () => {
  const html = (markup: string) =>
    parseLetter({ raw: makeLetter({ html: markup, encoding: '8bit' }), receivedAt });

  test('with a hundred thousand nested elements is shown as text', () => {
    const letter = html(`${'<div>'.repeat(100_000)}Площадка без питания`);

    expect(letter).toMatchObject({ text: 'Площадка без питания', html: undefined, notes: ['html-dropped'] });
  });

  test('with 10 MB of HTML is shown as text, as much as is kept', () => {
    const letter = html('<p>слово за словом</p>'.repeat(300_000));

    expect(letter.html).toBeUndefined();
    expect(letter.notes).toEqual(['html-dropped']);
    expect(letter.text.startsWith('слово за словом')).toBe(true);
    expect(letter.text.length).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  test('with a text part beside far too long HTML shows that text once', () => {
    const raw = makeLetter({ text: 'Коротко о главном', html: '<p>слово за словом</p>'.repeat(300_000) });

    expect(parseLetter({ raw, receivedAt })).toMatchObject({ text: 'Коротко о главном', html: undefined });
  });

  test('with a 2 MB picture inside the HTML keeps picture and text', () => {
    const picture = makeBytes(1_500_000).toString('base64');
    const letter = html(`<p>до</p><img src="data:image/png;base64,${picture}"><p>после</p>`);

    expect(letter.html).toContain(picture);
    expect(letter.text).toBe('до\nпосле');
  });

  test('with a single line of 5 MB keeps its beginning', () => {
    const letter = parseLetter({
      raw: makeLetter({ text: 'а'.repeat(2_500_000), encoding: '8bit' }),
      receivedAt,
    });

    expect(letter.text.length).toBe(1024 * 1024);
    expect(letter.notes).toEqual(['text-cut']);
  });

  test.each([
    ['blanks', ' '.repeat(1_000_000)],
    ['blank lines', ' \n'.repeat(500_000)],
    ['brackets', '<'.repeat(1_000_000)],
    ['comments', '<!--'.repeat(250_000)],
  ])('with a million %s is read within two seconds', (_, filling) => {
    const started = busyMs();

    parseLetter({
      raw: makeLetter({ text: `${filling}x`, from: 'mailer-daemon@relay.example' }),
      receivedAt,
    });
    parseLetter({ raw: makeLetter({ html: `${filling}x` }), receivedAt });

    expect(busyMs() - started).toBeLessThan(2000);
  });

  test('with header lines that arrive three bytes at a time is read within five seconds', () => {
    const head = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n';
    const raw = Buffer.from(
      `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\nSubject: x${'=\n--'.repeat(250_000)}`,
    );
    const started = busyMs();

    parseLetter({ raw, receivedAt });

    expect(busyMs() - started).toBeLessThan(5000);
  });
});
