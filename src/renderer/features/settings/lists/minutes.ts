/** null is no limit, undefined is not a number of minutes. */
export function toMinutes(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const minutes = Number(text);
  return /^\d+$/.test(text.trim()) && minutes >= 1 && minutes <= 525_600 ? minutes : undefined;
}
