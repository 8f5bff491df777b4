import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';

/** How long until then as `25 s` or `00:12:33`; null when it is over or there is nothing to wait for. Ticks. */
export function useLeft(until: number | null): string | null {
  const now = useSecond();
  const format = useFormat();
  if (until === null || until <= now) return null;
  const seconds = Math.ceil((until - now) / 1000);
  return seconds < 60 ? format.age(seconds * 1000) : format.countdown(seconds * 1000);
}

/** Whether any of these waits still runs. Ticks. */
export function useWaiting(...untils: readonly (number | null | undefined)[]): boolean {
  const now = useSecond();
  return untils.some((until) => (until ?? 0) > now);
}
