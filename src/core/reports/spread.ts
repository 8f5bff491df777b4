import type { Spread } from '../../shared/contract/reports.ts';

/** Median and p90 by nearest rank; the list is reordered on the way. */
export function spreadOf(durations: readonly number[]): Spread {
  const count = durations.length;
  if (count === 0) return { count, medianMs: null, p90Ms: null };
  const values = Float64Array.from(durations);
  const rank = (share: number) => Math.max(0, Math.ceil(count * share) - 1);
  return { count, medianMs: select(values, rank(0.5)), p90Ms: select(values, rank(0.9)) };
}

/** Quickselect (Hoare): the value at that rank without sorting 100,000 of them for each row of a table. */
function select(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left <= right) {
        const swapped = values[left] ?? 0;
        values[left] = values[right] ?? 0;
        values[right] = swapped;
        left += 1;
        right -= 1;
      }
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] ?? 0;
}
