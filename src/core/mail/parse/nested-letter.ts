import { readAddresses } from './addresses.ts';
import { cleanLine } from './clean-text.ts';
import { headerValue } from './header-block.ts';
import type { MimePart } from './mime-part.ts';
import { decodeWords } from './words.ts';

/** The heading put before the text of a letter within a letter: its own header fields, as mailers quote them. */
export function describeNested(letter: MimePart<unknown>): string {
  const addresses = (name: string) =>
    readAddresses(headerValue(letter.headers, name))
      .addresses.map((one) => (one.name === '' ? one.address : `${one.name} <${one.address}>`))
      .join(', ');
  const fields = [
    ['From', addresses('from')],
    ['Date', cleanLine(headerValue(letter.headers, 'date') ?? '')],
    ['To', addresses('to')],
    ['Subject', nestedSubject(letter)],
  ];
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  return ['-'.repeat(20), ...lines].join('\n');
}

export function nestedFileName(letter: MimePart<unknown>): string | undefined {
  const subject = nestedSubject(letter).replaceAll(/[/\\]/g, '_');
  return subject === '' ? undefined : `${subject.slice(0, 150)}.eml`;
}

function nestedSubject(letter: MimePart<unknown>): string {
  return cleanLine(decodeWords(headerValue(letter.headers, 'subject') ?? '').text);
}
