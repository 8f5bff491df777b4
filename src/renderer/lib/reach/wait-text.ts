import type { Format } from '../format.ts';

const units = [86_400, 3600, 60];

/** How long a step waits, to the second: an age rounds down, and 90 seconds are not a minute. */
export function waitText(seconds: number, format: Format): string {
  const unit = units.find((length) => length <= seconds) ?? 1;
  const whole = seconds - (seconds % unit);
  const words = format.age(whole * 1000);
  return whole === seconds ? words : `${words} ${waitText(seconds - whole, format)}`;
}
