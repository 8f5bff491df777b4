/** Minutes as people say them: `12`, `1,5`. */
export function hoursText(minutes: number): string {
  return String(Math.round((minutes / 60) * 100) / 100).replace('.', ',');
}

/** Whole minutes of hours as typed; NaN when it is no number. */
export function minutesOf(text: string): number {
  const clean = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(clean) ? Math.round(Number(clean) * 60) : Number.NaN;
}
