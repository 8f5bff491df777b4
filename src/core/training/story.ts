import type { Random } from '../platform/random.ts';
import type { Persona } from './cast.ts';
import type { LetterHead, Mailbox, Part } from './mime.ts';
import type { Place } from './places.ts';
import { makeMessageId } from './seeded-random.ts';

/** What a letter teaches the dispatcher to cope with. */
export const shapes = [
  'operator-robot',
  'structured-form',
  'web-form',
  'employee-line',
  'contractor-without-code',
  'changed-subject',
  'closed-in-new-thread',
  'exact-resend',
  'scan-only',
  'access-request',
  'two-stations',
  'thanks-after-closing',
  'second-late-letter',
  'bounce',
  'vacation-reply',
  'nested-forward',
  'several-desks',
  'self-sent-copy',
  'koi8-r',
  'windows-1251',
  'html-only',
  'external-request',
  'fibre',
  'threat',
  'planned-outage',
] as const;

export type Shape = (typeof shapes)[number];

export type Letter = {
  readonly shape: Shape;
  /** Since the story began, in its own time. */
  readonly delayMinutes: number;
  /** A new trouble; anything else belongs to an incident that exists, or to none. */
  readonly opens: boolean;
  /** The key of the incident type an experienced dispatcher would set. */
  readonly type: IncidentTypeKey | undefined;
  /** `{code}` in the subject becomes the code of an incident that the desk has named in a letter. */
  readonly head: LetterHead;
  readonly part: Part;
  /** A copy lies in the desk's Sent folder too: somebody there wrote it from another client. */
  readonly alsoInSent?: boolean;
};

/** Letters about one trouble, in order. */
export type Story = readonly Letter[];

/** As in the lists a new desk starts with. */
export type IncidentTypeKey =
  | 'object-loss'
  | 'power-moscow'
  | 'power-regions'
  | 'power-employee'
  | 'fibre'
  | 'authorities'
  | 'site-access'
  | 'structure'
  | 'planned';

/** Where the desk has brought an incident: a status, or what leads to one. */
export type Handling =
  | 'untouched'
  | 'in-progress'
  | 'operator-notified'
  | 'handed-over'
  | 'awaiting-confirmation'
  | 'postponed'
  | 'closed'
  /** By the letter that says the request is accepted. */
  | 'answered'
  /** Data are asked for and the clock stands. */
  | 'paused';

/** What a story is told with. */
export type Teller = {
  readonly random: Random;
  readonly desk: Mailbox;
  readonly nextPlace: (regionCode?: string) => Place;
  /** A fresh outage cause, a fresh worker, …: dealt, so that they do not repeat. */
  readonly deal: (deck: string, items: readonly [string, ...string[]]) => string;
  /** Epoch milliseconds of the story's beginning, for times told in words. */
  readonly at: number;
};

export function powerType({ region }: Place): IncidentTypeKey {
  return region.code === '77' ? 'power-moscow' : 'power-regions';
}

export function headFrom(teller: Teller, persona: Persona, subject: string): LetterHead {
  const domain = persona.address.slice(persona.address.indexOf('@') + 1);
  return {
    from: { name: persona.name, address: persona.address },
    to: [teller.desk],
    subject,
    messageId: makeMessageId(teller.random, domain),
    ...(persona.charset === undefined ? {} : { charset: persona.charset }),
  };
}

/** `2026-03-04 05:12:40`, Moscow. */
export function stampOf(at: number): string {
  return new Date(at + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `04.03.2026 05:12`, Moscow. */
export function russianStampOf(at: number): string {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d+)-(\d+)-(\d+) (\d+:\d+)/.exec(stampOf(at)) ?? [];
  return `${day}.${month}.${year} ${time}`;
}

/** `14:30`, Moscow: a quarter of an hour that people would name. */
export function quarterAfter(at: number, minutes: number): string {
  const quarterMs = 15 * 60_000;
  return russianStampOf(Math.ceil((at + minutes * 60_000) / quarterMs) * quarterMs).slice(11);
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>\n');
}
