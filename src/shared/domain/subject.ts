import { withoutCodes } from './incident-code.ts';

const longestTitle = 300;
const titleWords = 12;

/** What mail programs and robots put before a subject; a number may stand in brackets or after a dash: `Re[2]:`, `Re- 2:`. */
const prefixWords = [
  're',
  'fwd?',
  'aw',
  'wg',
  'отв(?:ет)?',
  'на',
  'пересл',
  'переслано',
  'пер',
  'автоответ',
  'автоматический ответ',
  'automatic reply',
  'auto(?:matic)?[- ]?reply',
  'out of office',
  'undeliverable',
  'не удается доставить',
  'не удаётся доставить',
];
const prefix = new RegExp(
  `^(?:${prefixWords.join('|')})\\s*(?:\\[\\d+\\]|\\(\\d+\\)|-?\\s*\\d{1,3})?\\s*[:：]`,
  'iu',
);
/** Marks of mail gateways: `[!!Formal]`, `[EXTERNAL]`. */
const mark = /^\[(?:!![^\]]{0,40}|ext(?:ernal)?|внешн[^\]]{0,20}|spam\??|спам)\]/iu;
/** Left over where a code was cut out. */
const leading = /^[\s:;,.\-–—|/]+/u;
const trailing = /[\s:;,\-–—|/]+$/u;
const emptyBrackets = /[([]\s*[)\]]/g;

/** The subject without Re, Fwd, gateway marks and our codes, however often they are repeated at its start. */
export function cleanTitle(subject: string, codePrefixes: readonly string[] = []): string {
  let rest = squeeze(withoutCodes(squeeze(subject), codePrefixes).replaceAll(emptyBrackets, ' '));
  for (;;) {
    const shorter = rest.replace(leading, '').replace(mark, '').replace(prefix, '').trimStart();
    if (shorter === rest) break;
    rest = shorter;
  }
  return cut(rest.replace(trailing, ''), longestTitle);
}

/** The same marks in the middle of a subject, as `PLT-7: FWD: Re[2]: no power`; only those that are no words of a language. */
const repeat =
  /(?<![\p{L}\p{N}])(?:re|fwd?|отв|пересл|переслано)\s*(?:\[\d+\]|\(\d+\)|\^\d+|-?\s*\d{1,3})?\s*[:：]\s*/giu;

/** The subject without Re and Fwd wherever they stand, in Russian too and with their counters. */
export function withoutRepeats(subject: string): string {
  return squeeze(subject.replaceAll(repeat, ' '));
}

/** First words of a letter, for one whose subject says nothing. */
export function firstWords(text: string): string {
  for (const line of text.slice(0, 5000).split('\n')) {
    const words = squeeze(line).split(' ');
    if (/\p{L}{2,}/u.test(line) && !line.startsWith('>'))
      return cut(words.slice(0, titleWords).join(' '), 120);
  }
  return '';
}

/** One space between words, whatever stood there; letters stay as they were written. */
export function squeeze(text: string): string {
  return text.replaceAll(/[\s\u200b-\u200d\u2060\ufeff\p{Cc}]+/gu, ' ').trim();
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
