export type Language = 'ru' | 'en';

export type Format = {
  /** 14:20 */
  time(at: number): string;
  /** 14:20:04 */
  clock(at: number): string;
  /** 14:20, вчера 14:20, 12 нояб. 14:20: as short as it stays clear. */
  when(at: number, now: number): string;
  /** 14:20, вчера, 12 нояб.: for lists, where a day is enough for what is older. */
  short(at: number, now: number): string;
  /** Everything, for titles and screen readers. */
  full(at: number): string;
  date(at: number): string;
  /** пн 12 нояб.: the head of a day's column. */
  weekday(at: number): string;
  /** HH:MM:SS below a day, days and hours above; a real minus when past. */
  countdown(leftMs: number): string;
  /** How long ago, in the largest unit that matters. */
  age(ms: number): string;
  bytes(bytes: number): string;
  number(value: number): string;
  readonly zoneName: string;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const units = {
  ru: { days: 'д', hours: 'ч', minutes: 'мин', seconds: 'с', bytes: ['Б', 'КБ', 'МБ', 'ГБ'] },
  en: { days: 'd', hours: 'h', minutes: 'min', seconds: 's', bytes: ['B', 'KB', 'MB', 'GB'] },
} as const;

const made = new Map<string, Format>();

/** Everything a person reads as a number or a time, in one zone and one language; made once for each. */
export function formatFor(language: Language, zone: string): Format {
  const key = `${language} ${zone}`;
  const known = made.get(key);
  if (known) return known;
  const format = createFormat(language, zone);
  made.set(key, format);
  return format;
}

function createFormat(language: Language, zone: string): Format {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const of = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  const time = of({ hour: '2-digit', minute: '2-digit' });
  const clock = of({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = of({ day: 'numeric', month: 'short' });
  const weekday = of({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayOfYear = of({ day: 'numeric', month: 'short', year: 'numeric' });
  const full = of({ dateStyle: 'long', timeStyle: 'medium' });
  const sortable = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const words = units[language];

  return {
    time: (at) => time.format(at),
    clock: (at) => clock.format(at),
    full: (at) => full.format(at),
    date: (at) => dayOfYear.format(at),
    weekday: (at) => weekday.format(at),
    when(at, now) {
      const date = sortable.format(at);
      if (date === sortable.format(now)) return time.format(at);
      if (date === sortable.format(now - dayMs)) return `${relative.format(-1, 'day')} ${time.format(at)}`;
      const sameYear = date.slice(0, 4) === sortable.format(now).slice(0, 4);
      return `${(sameYear ? day : dayOfYear).format(at)} ${time.format(at)}`;
    },
    short(at, now) {
      const date = sortable.format(at);
      if (date === sortable.format(now)) return time.format(at);
      if (date === sortable.format(now - dayMs)) return relative.format(-1, 'day');
      return (date.slice(0, 4) === sortable.format(now).slice(0, 4) ? day : dayOfYear).format(at);
    },
    countdown: (leftMs) => countdown(leftMs, words),
    age(ms) {
      if (ms < minuteMs) return `${Math.max(0, Math.floor(ms / 1000))} ${words.seconds}`;
      if (ms < hourMs) return `${Math.floor(ms / minuteMs)} ${words.minutes}`;
      if (ms < dayMs) return `${Math.floor(ms / hourMs)} ${words.hours}`;
      return `${Math.floor(ms / dayMs)} ${words.days}`;
    },
    bytes(bytes) {
      const power = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
      return `${oneDigit.format(bytes / 1024 ** power)} ${words.bytes[power]}`;
    },
    number: (value) => number.format(value),
    zoneName: zoneName(language, zone),
  };
}

/** Rounds up while time is left and down once it is gone: 00:00:00 is shown for the last second only. */
function countdown(leftMs: number, words: { readonly days: string; readonly hours: string }): string {
  const seconds = leftMs >= 0 ? Math.ceil(leftMs / 1000) : Math.floor(-leftMs / 1000);
  const sign = leftMs < 0 ? '−' : '';
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  if (days > 0) return `${sign}${days} ${words.days} ${hours} ${words.hours}`;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${sign}${two(hours)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

function zoneName(language: Language, zone: string): string {
  if (zone === 'Europe/Moscow') return language === 'ru' ? 'МСК' : 'MSK';
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' }).formatToParts(0);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
