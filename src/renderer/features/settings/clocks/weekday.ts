/** 5 January 1970 was a Monday. */
const mondayMs = 4 * 86_400_000;
const dayMs = 86_400_000;

/** The name of a weekday counted from Monday, in the language of the screen. */
export function weekdayName(index: number, language: 'ru' | 'en', style: 'long' | 'short'): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const name = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    mondayMs + index * dayMs,
  );
  return name.charAt(0).toUpperCase() + name.slice(1);
}
