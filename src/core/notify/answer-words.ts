import type { AnswerVerb } from '../../shared/domain/reaching.ts';

/** What buttons and letters call each verb; core speaks Russian where no page is there to translate. */
export const verbCaptions: Readonly<Record<AnswerVerb, string>> = {
  accepted: 'Принял',
  'on-the-way': 'В пути',
  'in-progress': 'На месте',
  done: 'Выполнено',
  cannot: 'Не могу',
};

export type ReadWords = { readonly verb: AnswerVerb | null; readonly code: string | null };

/** Every letter looks the same in both alphabets, so it does not matter in which of them a code is typed back. */
const codeLetters = 'ABCEHKMPTX';
const codeDigits = '23456789';
const codeSigns = codeLetters + codeDigits;
const codeLength = 6;
const lookalikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
};

/** A word to be said back; letters and digits are in it, so neither a word nor a telephone number is ever taken for one. */
export function makeAnswerCode(bytes: (count: number) => Uint8Array): string {
  for (;;) {
    const code = [...bytes(codeLength)].map((byte) => codeSigns[byte % codeSigns.length]).join('');
    if (isCode(code)) return code;
  }
}

function isCode(word: string): boolean {
  if (word.length !== codeLength) return false;
  const signs = [...word];
  return (
    signs.every((sign) => codeSigns.includes(sign)) &&
    signs.some((sign) => codeLetters.includes(sign)) &&
    signs.some((sign) => codeDigits.includes(sign))
  );
}

/** A letter may be made of nothing else. */
const mostFound = 200;

/** Codes that stand in words, in order, as they are stored. */
export function findAnswerCodes(text: string): readonly string[] {
  const words = text.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const codes = words
    .map((word) => [...word].map((sign) => lookalikes[sign] ?? sign).join(''))
    .filter((word) => isCode(word));
  return [...new Set(codes)].slice(0, mostFound);
}

/** Nobody says more of them at once but whoever guesses. */
const mostSaid = 8;

/** Codes that somebody says by themselves, as against those that stand in what they quote. */
export function saidCodes(text: string): readonly string[] {
  const found = findAnswerCodes(text);
  return found.length > mostSaid ? [] : found;
}

const verbPatterns: readonly (readonly [AnswerVerb, RegExp])[] = [
  [
    'cannot',
    /^(?:не ?(?:с?могу|с?можем|получится|получается|поеду|поедем|приеду|приедем|возьму|возьмем|приму|примем|беру|берем|принимаю|принимаем)|отказ(?:ываюсь|ыва[ею]м(?:ся)?)?|can ?(?:no|')?t|declined?)$/,
  ],
  [
    'done',
    /^(?:выполнен[оыа]?|выполнил[аи]?|готово?|сделан[оаы]?|сделал[аи]?|устранен[оаы]?|устранил[аи]?|закончил[аи]?|завершил[аи]?|завершен[оы]|done|completed?|finished|fixed)$/,
  ],
  [
    'in-progress',
    /^(?:на (?:месте|объекте)|в работе|приступил[аи]?|начал[аи]?|работаем|работаю|on ?site|in progress|started)$/,
  ],
  ['on-the-way', /^(?:в пути|в дороге|выехал[аи]?|выезжаем|выезжаю|едем|еду|on (?:the|my) way|omw)$/],
  ['accepted', /^(?:принят[оаы]?|принял[аи]?|принимаем|принимаю|берем|беру|взял[аи]?|accept(?:ed)?|ack)$/],
];

/** These say something only when nothing but a code stands beside them: in a longer answer they say anything. */
const aloneOnly: Readonly<Record<string, AnswerVerb>> = {
  да: 'accepted',
  ок: 'accepted',
  ok: 'accepted',
  yes: 'accepted',
  '+': 'accepted',
  '1': 'accepted',
  нет: 'cannot',
  no: 'cannot',
  '-': 'cannot',
};

/** Later words of an order mean more: who is on the way has accepted. */
const rank: readonly AnswerVerb[] = ['accepted', 'on-the-way', 'in-progress', 'done'];
/** An answer is short; whoever writes a page is read by a person. */
const longestWords = 40;

/** What somebody answers in words. Words that contradict each other, or deny, say nothing: a person reads them. */
export function readAnswerWords(text: string): ReadWords {
  const code = findAnswerCodes(text).at(0) ?? null;
  return { verb: verbOf(text), code };
}

function verbOf(text: string): AnswerVerb | null {
  const said = text.trim().toLowerCase().replaceAll('ё', 'е');
  const words = (said.match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?|[+-]/gu) ?? []).filter(
    (word) => findAnswerCodes(word).length === 0,
  );
  const [alone = ''] = words;
  if (words.length === 1 && aloneOnly[alone] !== undefined) return aloneOnly[alone];
  if (words.length > longestWords) return null;
  const found = new Set<AnswerVerb>();
  for (let at = 0; at < words.length;) {
    const { verb, length } = verbAt(words, at);
    if (verb === 'denied') return null;
    if (verb !== undefined) found.add(verb);
    at += length;
  }
  if (found.has('cannot')) return found.size === 1 ? 'cannot' : null;
  return rank.toReversed().find((verb) => found.has(verb)) ?? null;
}

const promises = ['будет', 'будут', 'буду', 'будем', 'be'];

type VerbAt = { readonly verb: AnswerVerb | 'denied' | undefined; readonly length: number };

function verbAt(words: readonly string[], at: number): VerbAt {
  for (const length of [3, 2, 1]) {
    const phrase = words.slice(at, at + length).join(' ');
    const verb = verbPatterns.find(([, pattern]) => pattern.test(phrase))?.[0];
    if (verb !== undefined) return { verb, length };
  }
  const word = words[at] ?? '';
  const next = [3, 2, 1].find((length) => {
    const phrase = words.slice(at + 1, at + 1 + length).join(' ');
    return verbPatterns.some(([, pattern]) => pattern.test(phrase));
  });
  if (next === undefined) return { verb: undefined, length: 1 };
  // What is promised has not come to pass: "принято, будет выполнено завтра" accepts.
  if (promises.includes(word)) return { verb: undefined, length: 1 + next };
  return { verb: ['не', 'not'].includes(word) ? 'denied' : undefined, length: 1 };
}
