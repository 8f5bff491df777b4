import type { Format } from '../format.ts';

/** Hundredths as people write money: 320 is 3,20. */
export function moneyText(hundredths: number, format: Format): string {
  const whole = format.number(Math.trunc(hundredths / 100));
  const mark = format.number(0.5).charAt(1);
  return `${whole}${mark}${String(Math.abs(hundredths % 100)).padStart(2, '0')}`;
}
