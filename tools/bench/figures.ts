/** One line of the result: what was promised, what was measured. */
export type Figure = {
  readonly part: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `most`: the value must not be above the limit; `least`: not below; undefined: told for information. */
  readonly limit?: { readonly kind: 'most' | 'least'; readonly value: number };
  /** How many measurements stand behind it, and what else must be known. */
  readonly note: string;
};

export function isMet({ value, limit }: Figure): boolean | undefined {
  if (limit === undefined) return undefined;
  return limit.kind === 'most' ? value <= limit.value : value >= limit.value;
}

/** Nearest rank: the smallest value that this share of all does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function verdict(figure: Figure): string {
  const met = isMet(figure);
  return met === undefined ? '—' : met ? 'MET' : 'MISSED';
}

export function asNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

export function limitText({ limit, unit }: Figure): string {
  if (limit === undefined) return '';
  return `${limit.kind === 'most' ? '≤' : '≥'} ${asNumber(limit.value)} ${unit}`;
}
