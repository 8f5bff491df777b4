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
const samples =
  /(?<![\p{L}\d.@-])(?:(?:например|допустим)(?!\p{L})|напр\.|e\.g\.|(?:в формате|формата|вида)\s[«"“]?(?=\p{L}{0,2}\d))/giu;
/** `41208-P-52-1-1 (пример)`: what stands just before these words is a sample too. */
const sampleNouns =
  /(?<![\p{L}\d.@-])(?:пример(?:а|у|ом|е|ы|ов|ами|ах)?|образ(?:ец|ца|цу|цом|це|цы|цов)|шаблон(?:а|у|ом|е|ы)?|sample|example|template)(?!\p{L})/giu;
const justBefore = 10;
const joining = /[—–(,-] {0,2}(?:это )?$/u;
const longestSample = 600;
const longestHeading = 60;
const sentenceEnds = /[.!?;](?=\s|$)/gu;
const paragraphEnd = /\n[^\S\n]*\n/u;

/** A letter whose subject says so is an instruction: the codes in it are samples. */
export function isSample(subject: string): boolean {
  return subject.search(sampleNouns) >= 0;
}

export function voidSpans(text: string): Span[] {
  const spans: Span[] = [];
  const patterns = [
    ...(text.includes('@') ? [addresses] : []),
    ...(/[/w]/iu.test(text) ? [links, bareLinks] : []),
    phones,
    localPhones,
  ];
  for (const pattern of patterns) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      if (pattern !== phones || isPhone(found)) spans.push([index, index + found.length]);
    }
  }
  for (const { 0: found, index } of text.matchAll(samples)) {
    spans.push([index, sampleEnd(text, index + found.length)]);
  }
  for (const { 0: found, index } of text.matchAll(sampleNouns)) {
    spans.push([index - joint(text, index), sampleEnd(text, index + found.length)]);
  }
  return spans.toSorted((a, b) => a[0] - b[0]);
}

/** A sample reaches to the end of its sentence, and through the lines below when it is their heading. */
function sampleEnd(text: string, from: number): number {
  const rest = text.slice(from, from + longestSample);
  const [line = ''] = rest.split('\n', 1);
  if (line.length < rest.length && isHeading(text, from, line)) {
    const below = line.length + (/^\s*/u.exec(rest.slice(line.length))?.[0].length ?? 0);
    return from + below + (paragraphEnd.exec(rest.slice(below))?.index ?? rest.length - below);
  }
  for (const { index } of line.matchAll(sentenceEnds))
    if (isClosed(line.slice(0, index))) return from + index;
  return from + line.length;
}

/** `Образец заполнения`, `Ниже пример:` */
function isHeading(text: string, from: number, line: string): boolean {
  if (line.length > longestHeading || /\d|[.!?]\s*\S/u.test(line)) return false;
  const before =
    text
      .slice(Math.max(0, from - longestHeading), from)
      .split('\n')
      .at(-1) ?? '';
  return line.trimEnd().endsWith(':') || before.length < longestHeading / 2;
}

/** How far before its word a sample ends. */
function joint(text: string, at: number): number {
  const found = joining.exec(text.slice(Math.max(0, at - justBefore), at));
  // The blank and the last sign of the code itself.
  return found ? Math.min(at, found[0].length + 2) : 0;
}

/** A full stop inside brackets or quotation marks ends no sentence. */
function isClosed(text: string): boolean {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0;
  return count(/[«“(]/gu) <= count(/[»”)]/gu) && count(/"/gu) % 2 === 0;
}

/** An eight before two numbers of five digits is a number in a list. */
function isPhone(found: string): boolean {
  return found.startsWith('+') || found.replaceAll(/\D/gu, '').length === 11;
}
