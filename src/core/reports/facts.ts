import type { ClockFactRow, PlaceRow } from '../db/report-store.ts';

export type Place = {
  readonly regionId: number | null;
  readonly contractorId: number | null;
  readonly groupIds: readonly number[];
};

export type Verdict = 'met' | 'breached' | 'late' | 'running';

export const nowhere: Place = { regionId: null, contractorId: null, groupIds: [] };

export function toPlace({ regionId, contractorId, groupIds }: PlaceRow): Place {
  return { regionId, contractorId, groupIds: JSON.parse(groupIds) as number[] };
}

/** Of the first asset that knows it; operators of all of them. */
export function placeOf(places: readonly Place[]): Place {
  const [only] = places;
  if (only === undefined) return nowhere;
  if (places.length === 1) return only;
  return {
    regionId: places.find(({ regionId }) => regionId !== null)?.regionId ?? null,
    contractorId: places.find(({ contractorId }) => contractorId !== null)?.contractorId ?? null,
    groupIds: [...new Set(places.flatMap(({ groupIds }) => groupIds))],
  };
}

/** From start to end without pauses; null while it runs. */
export function spentOf({ startedAt, endedAt, pausedMs }: ClockFactRow): number | null {
  return endedAt === null ? null : Math.max(0, endedAt - startedAt - pausedMs);
}

type Judged = {
  readonly targetMs: number | null;
  readonly dueAt: number | null;
  readonly endedAt: number | null;
  readonly pausedAt: number | null;
};

/** `late` is broken and still runs; undefined where there is nothing to keep. */
export function verdictOf({ targetMs, dueAt, endedAt, pausedAt }: Judged, now: number): Verdict | undefined {
  if (targetMs === null) return undefined;
  if (endedAt !== null) return dueAt === null || endedAt <= dueAt ? 'met' : 'breached';
  return pausedAt === null && dueAt !== null && dueAt < now ? 'late' : 'running';
}
