/** Where a text names nothing, as `[from, to)` pairs in order, possibly overlapping. */
export type Span = readonly [from: number, to: number];

/** Every repetition is bounded: a megabyte of digits and dashes costs a constant for each character. */
const addresses = /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{1,255}/gu;
const links = /(?:[a-z][a-z\d+]{1,14}:\/\/|www\.)[^\s"'<>«»)\]}]{1,2000}/giu;
const bareLinks = /(?<![\p{L}\d.-])(?:[a-z\d-]{1,40}\.){1,4}[a-z]{2,10}\/[^\s"'<>«»)\]}]{1,500}/giu;
/** `+7 (831) 214-41-77`, `8 900 277 15 22`. */
const phones =
  /(?<![\p{L}\d])(?:\+\d{1,3}|8)[ \u00a0(-]{0,3}\d{3,5}[ \u00a0)-]{0,3}\d[\d \u00a0-]{3,9}\d(?![-\p{L}\d])/gu;
/** `(08-137) 2-14-41`. */
const localPhones = /\([\d-]{3,7}\)[ -]{0,2}\d[\d -]{2,9}\d(?![-\p{L}\d])/gu;
/** What is behind these words, to the end of the sentence, is no matter of the letter. */
const samples = /(?<![\p{L}\d.@-])(?:например|напр\.|допустим|в формате|формата|вида|e\.g\.)(?!\p{L})/giu;
/** What stands before these words in their sentence is a sample too. */
const sampleNouns =
  /(?<![\p{L}\d.@-])(?:пример(?:а|у|ом|е|ы|ов|ами|ах)?|образ(?:ец|ца|цу|цом|це|цы|цов)|шаблон(?:а|у|ом|е|ы)?|sample|example|template)(?!\p{L})/giu;
const longestSample = 600;
const sentenceEnd = /[.!?;](?=\s|$)|\n/u;
const paragraphEnd = /\n[^\S\n]*\n/u;

export function voidSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const pattern of [addresses, links, bareLinks, phones, localPhones]) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      if (pattern !== phones || isPhone(found)) spans.push([index, index + found.length]);
    }
  }
  for (const { 0: found, index } of text.matchAll(samples)) {
    spans.push([index, sampleEnd(text, index + found.length)]);
  }
  for (const { 0: found, index } of text.matchAll(sampleNouns)) {
    spans.push([sentenceStart(text, index), sampleEnd(text, index + found.length)]);
  }
  return spans.toSorted((a, b) => a[0] - b[0]);
}

/** A sample reaches to the end of its sentence, and through the next lines when a heading announces it. */
function sampleEnd(text: string, from: number): number {
  const rest = text.slice(from, from + longestSample);
  const end = sentenceEnd.exec(rest)?.index ?? rest.length;
  const isHeading =
    rest[end] === '\n' && (rest.slice(0, end).trimEnd().endsWith(':') || rest.slice(0, end).trim() === '');
  if (!isHeading) return from + end;
  const skipped = end + (/^\s*/u.exec(rest.slice(end))?.[0].length ?? 0);
  return from + skipped + (paragraphEnd.exec(rest.slice(skipped))?.index ?? rest.length - skipped);
}

function sentenceStart(text: string, at: number): number {
  const from = Math.max(0, at - longestSample);
  const before = text.slice(from, at);
  let start = before.lastIndexOf('\n') + 1;
  for (const { index } of before.slice(start).matchAll(/[.!?;]\s/gu))
    start = before.lastIndexOf('\n') + 2 + index;
  return from + start;
}

/** An eight before two numbers of five digits is a number in a list. */
function isPhone(found: string): boolean {
  return found.startsWith('+') || found.replaceAll(/\D/gu, '').length === 11;
}
