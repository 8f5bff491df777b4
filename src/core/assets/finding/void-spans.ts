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
const samples =
  /(?<![\p{L}\d.@-])(?:(?:к )?пример(?:а|у|ом|е|ы|ов|ами|ах)?|образ(?:ец|ца|цу|цом|це|цы|цов)|например|шаблон(?:а|у|ом|е)?|sample|example|e\.g\.)(?!\p{L})/giu;
const longestSample = 400;
const sentenceEnd = /[.!?;](?=\s|$)|\n/u;

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
  return spans.toSorted((a, b) => a[0] - b[0]);
}

/** A sample reaches to the end of its sentence, and into the next line when the heading ends the first. */
function sampleEnd(text: string, from: number): number {
  const end = nextEnd(text, from);
  const onlyHeading = !/[\p{L}\d]/u.test(text.slice(from, end));
  return onlyHeading && text[end] === '\n' ? nextEnd(text, end + 1) : end;
}

function nextEnd(text: string, from: number): number {
  const rest = text.slice(from, from + longestSample);
  return from + (sentenceEnd.exec(rest)?.index ?? rest.length);
}

/** An eight before two numbers of five digits is a number in a list. */
function isPhone(found: string): boolean {
  return found.startsWith('+') || found.replaceAll(/\D/gu, '').length === 11;
}
