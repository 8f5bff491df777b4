export type LetterDate = {
  readonly sentAt: number;
  readonly note: 'date-missing' | 'date-impossible' | undefined;
};

const dayMs = 86_400_000;
/** Clocks that lost their battery say 1970 or 1980; no letter in a mailbox is that old. */
const earliestMs = Date.UTC(1990, 0, 1);

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const russianMonths = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
/** Hours east of UTC of the zone names RFC 822 allows and of those Russian robots write. */
const zones: Readonly<Record<string, number>> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  MSK: 3,
  MSD: 4,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
};

/** The Date header, or the server's time when it is missing, unreadable, before 1990 or over a day ahead. */
export function readLetterDate(header: string | undefined, receivedAt: number): LetterDate {
  if (header === undefined || header.trim() === '') return { sentAt: receivedAt, note: 'date-missing' };
  const sentAt = parseDate(header);
  if (sentAt === undefined || sentAt < earliestMs || sentAt > receivedAt + dayMs) {
    return { sentAt: receivedAt, note: 'date-impossible' };
  }
  return { sentAt, note: undefined };
}

const mailDate =
  /(\d{1,2})[\s.-]+(\p{L}{3,})\.?[\s.-]+(\d{4}|\d{2})[\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*(\S*)/u;
const isoDate = /(\d{4})-(\d{2})-(\d{2})[T\s]+(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(\S*)/;

/** Epoch milliseconds. A missing or unknown zone is UTC, as RFC 5322 says of `-0000`. */
function parseDate(header: string): number | undefined {
  const text = header.slice(0, 200);
  const mail = mailDate.exec(text);
  if (mail !== null) {
    const [, day, monthName = '', year, hour, minute, second, zone] = mail;
    const month = monthIndex(monthName);
    return month === undefined
      ? undefined
      : toEpoch([fullYear(year), month, day, hour, minute, second], zone);
  }
  const iso = isoDate.exec(text);
  if (iso === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = iso;
  return toEpoch([year, Number(month) - 1, day, hour, minute, second], zone);
}

type Piece = string | number | undefined;

function toEpoch(
  [year, month, day, hour, minute, second]: [Piece, Piece, Piece, Piece, Piece, Piece],
  zone: string | undefined,
): number | undefined {
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second ?? 0].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isPossible = mo >= 0 && mo < 12 && d >= 1 && d <= 31 && h < 24 && mi < 60 && s <= 60;
  return isPossible ? Date.UTC(y, mo, d, h, mi, s) - zoneOffsetMs(zone ?? '') : undefined;
}

function zoneOffsetMs(zone: string): number {
  const numeric = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?/i.exec(zone);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return (numeric[1] === '-' ? -minutes : minutes) * 60_000;
  }
  return (zones[zone.toUpperCase()] ?? 0) * 3_600_000;
}

function monthIndex(name: string): number | undefined {
  const lower = name.toLowerCase();
  const english = months.indexOf(lower.slice(0, 3));
  if (english >= 0) return english;
  const russian = russianMonths.findIndex((start) => lower.startsWith(start));
  return russian < 0 ? undefined : russian;
}

function fullYear(year: string | undefined): number {
  const value = Number(year);
  if (year?.length !== 2) return value;
  return value < 70 ? 2000 + value : 1900 + value;
}
