import type { Format } from '../../lib/format.ts';

const hourMs = 3_600_000;

/** Two units at most: 3 д 4 ч, 2 ч 05 мин, 14 мин; a dash where nothing was measured. */
export function duration(ms: number | null, format: Format): string {
  if (ms === null) return '—';
  if (ms >= 24 * hourMs) return format.countdown(Math.floor(ms / hourMs) * hourMs);
  const hours = Math.floor(ms / hourMs);
  const rest = format.age(Math.max(0, ms - hours * hourMs));
  return hours === 0 ? rest : `${format.age(hours * hourMs)} ${ms % hourMs >= 60_000 ? rest : ''}`.trim();
}

export function percent(share: number, format: Format): string {
  return `${format.number(Math.round(share * 1000) / 10)} %`;
}
