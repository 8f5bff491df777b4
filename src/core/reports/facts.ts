import type { ClockFactRow, PlaceRow } from '../db/report-store.ts';

export type ClockFact = {
  readonly kind: string;
  readonly dueAt: number | null;
  readonly endedAt: number | null;
  readonly isPaused: boolean;
  /** Without a target nothing can be kept or broken. */
  readonly hasTarget: boolean;
  /** From start to end without pauses; null while it runs. */
  readonly spentMs: number | null;
};

export type Place = {
  readonly regionId: number | null;
  readonly contractorId: number | null;
  readonly groupIds: readonly number[];
};

export type IncidentFact = {
  readonly id: number;
  readonly registeredAt: number;
  readonly finishedAt: number | null;
  readonly assigneeId: number | null;
  readonly typeId: number | null;
  readonly assetIds: readonly number[];
  readonly clocks: readonly ClockFact[];
  readonly place: Place;
};

export type Verdict = 'met' | 'breached' | 'late' | 'running';

export const nowhere: Place = { regionId: null, contractorId: null, groupIds: [] };

export function toClockFact(row: ClockFactRow): ClockFact {
  return {
    kind: row.kind,
    dueAt: row.dueAt,
    endedAt: row.endedAt,
    isPaused: row.pausedAt !== null,
    hasTarget: row.targetMs !== null,
    spentMs: row.endedAt === null ? null : Math.max(0, row.endedAt - row.startedAt - row.pausedMs),
  };
}

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

/** `late` is broken and still runs; undefined where there is nothing to keep. */
export function verdictOf(clock: ClockFact, now: number): Verdict | undefined {
  if (!clock.hasTarget) return undefined;
  const { dueAt, endedAt, isPaused } = clock;
  if (endedAt !== null) return dueAt === null || endedAt <= dueAt ? 'met' : 'breached';
  return !isPaused && dueAt !== null && dueAt < now ? 'late' : 'running';
}
