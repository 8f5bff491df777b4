import type { FindingPlace } from '../../../shared/domain/asset-kinds.ts';
import type { FindingText } from './finding.ts';

/** A piece of a letter that is weighed as one. A lower rank is nearer to what the letter is about. */
export type LetterPart = {
  readonly place: FindingPlace;
  readonly rank: number;
  readonly text: string;
};

export const ranks = { subject: 0, fresh: 1, signature: 2, quoted: 3, thread: 4, threadTail: 5 } as const;

/** Hostile letters are cut here: nobody writes a code behind a hundred thousand characters of his own. */
const longest = { subject: 1000, body: 100_000, earlier: 20_000 };
const mostEarlier = 20;

const signatureLine =
  /^(?:[-—–]{2,3}|_{2,40}|с\s{1,3}ув(?:ажением|\.).*|с наилучшими .*|(?:best|kind|with|warm)? ?regards.*|br,.*|sincerely.*|отправлено (?:с|из) .*|sent from .*|(?:это|данное|настоящее) (?:электронное )?(?:сообщение|письмо)(?!\p{L}).*|this (?:e-?mail|message) .*)$/iu;
const signatureInside = /[.!?]\s{1,3}(?=с уважением(?!\p{L})|(?:best|kind) regards)/iu;
/** `Кравец П., мастер участка`: a name and then a job. */
const nameAndJob =
  /^\p{Lu}\p{Ll}{1,30},? (?:\p{Lu}\.|\p{Lu}\p{Ll}{1,30})(?: ?\p{Lu}\.| \p{Lu}\p{Ll}{1,30})?,? .{0,40}(?:мастер|инженер|диспетчер|начальник|директор|менеджер|прораб|механик|специалист|энергетик|бригадир|электромонт)/u;
const quoteOpening =
  /^[-_=*\s]{0,40}(?:исходное сообщение|(?:пересылаем|переслан|перенаправлен)ное сообщение|пересылаемое сообщение|начало переадресован|original message|forwarded message|begin forwarded)/iu;
const quoteWrote = /(?:wrote|writes|пишет|писала?|написала?|написал\(а\)|сообщила?)\s{0,3}:$/iu;
const headerFrom = /^(?:from|от|от кого)\s?:/iu;
const headerOther = /^(?:sent|date|to|subject|отправлено|дата|кому|тема)\s?:/iu;

/** The letter and the earlier ones in pieces, nearest first; empty pieces are left out. */
export function splitLetter({ subject, body, thread }: FindingText): LetterPart[] {
  const own = splitBody(cut(body, longest.body));
  const earlier = thread.slice(0, mostEarlier).map((letter) => splitBody(cut(letter, longest.earlier)));
  const parts: LetterPart[] = [
    { place: 'subject', rank: ranks.subject, text: cut(subject, longest.subject) },
    { place: 'body', rank: ranks.fresh, text: own.fresh },
    { place: 'body', rank: ranks.signature, text: own.signature },
    { place: 'body', rank: ranks.quoted, text: own.quoted },
    ...earlier.map(({ fresh }) => ({ place: 'thread', rank: ranks.thread, text: fresh }) as const),
    ...earlier.map(
      ({ signature, quoted }) =>
        ({ place: 'thread', rank: ranks.threadTail, text: `${signature}\n\n${quoted}` }) as const,
    ),
  ];
  return parts.filter(({ text }) => text.trim() !== '');
}

type Zones = { readonly fresh: string; readonly signature: string; readonly quoted: string };

/** A `>` quotes its line only, since people answer between the lines; a heading quotes all that follows. */
function splitBody(body: string): Zones {
  const zones: Record<keyof Zones, string[]> = { fresh: [], signature: [], quoted: [] };
  let zone: keyof Zones = 'fresh';
  const lines = body.split(/\r?\n/u);
  for (const [index, line] of lines.entries()) {
    const bare = line.slice(0, 400).trim();
    if (bare.startsWith('>')) {
      zones.quoted.push(line.replace(/^[\s>]{0,50}/u, ''));
      continue;
    }
    if (zone !== 'quoted' && opensQuote(bare, lines, index)) zone = 'quoted';
    else if (zone === 'fresh' && opensSignature(bare, zones.fresh)) zone = 'signature';
    const inside = zone === 'fresh' ? signatureInside.exec(bare) : null;
    if (inside) {
      const at = line.indexOf(inside[0]) + 1;
      zones.fresh.push(line.slice(0, at));
      zone = 'signature';
      zones.signature.push(line.slice(at));
    } else zones[zone].push(line);
  }
  return {
    fresh: zones.fresh.join('\n'),
    signature: zones.signature.join('\n'),
    quoted: zones.quoted.join('\n'),
  };
}

function opensQuote(line: string, lines: readonly string[], index: number): boolean {
  if (quoteOpening.test(line) || (quoteWrote.test(line) && /[\d@]/u.test(line))) return true;
  return (
    headerFrom.test(line) && lines.slice(index + 1, index + 5).some((next) => headerOther.test(next.trim()))
  );
}

function opensSignature(line: string, before: readonly string[]): boolean {
  if (signatureLine.test(line)) return true;
  return nameAndJob.test(line) && before.at(-1)?.trim() === '' && before.some((text) => text.trim() !== '');
}

/** At a blank, so that half a code is not read as a whole one. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.max(text.lastIndexOf(' ', length), text.lastIndexOf('\n', length));
  return text.slice(0, end > length / 2 ? end : length);
}
