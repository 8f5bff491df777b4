import type { ClockFactRow, FactRow } from '../db/report-store.ts';
import { nowhere, type Place, spentOf } from './facts.ts';

/** One kind of clock, a slot for each incident. */
export type ClockColumn = {
  /** 0: none; 1: without a target; 2: with one; 3: with one, and paused. */
  state: Uint8Array;
  /** Infinity where there is none, or it still runs. */
  due: Float64Array;
  ended: Float64Array;
  spent: Float64Array;
};

/**
 * Facts side by side instead of an object for each incident: a report walks 100,000 of them, and memory that lies
 * together is read ten times as fast and takes a fifth of the room.
 */
export type FactColumns = {
  /** Slots in use; one that was set aside has `registeredAt` Infinity and counts nowhere. */
  readonly count: number;
  readonly ids: Int32Array;
  readonly registeredAt: Float64Array;
  /** Infinity while it is open. */
  readonly finishedAt: Float64Array;
  /** 0 is nobody, or none. */
  readonly assigneeIds: Int32Array;
  readonly typeIds: Int32Array;
  /** Numbers in `places`. */
  readonly placeNumbers: Int32Array;
  readonly places: readonly Place[];
  readonly assetIds: readonly (readonly number[])[];
  readonly clocks: ReadonlyMap<string, ClockColumn>;
  slotOf(incidentId: number): number | undefined;
};

export type GrowingFacts = FactColumns & {
  put(row: FactRow, assetIds: readonly number[], place: Place, clocks: readonly ClockFactRow[]): void;
  putPlace(slot: number, place: Place): void;
};

const first = 1024;
const noAssets: readonly number[] = [];

export function createFactColumns(): GrowingFacts {
  const slots = new Map<number, number>();
  const placeKeys = new Map<string, number>();
  const places: Place[] = [];
  const assetIds: (readonly number[])[] = [];
  const clocks = new Map<string, ClockColumn>();
  let room = first;
  const columns = {
    count: 0,
    ids: new Int32Array(room),
    registeredAt: new Float64Array(room),
    finishedAt: new Float64Array(room),
    assigneeIds: new Int32Array(room),
    typeIds: new Int32Array(room),
    placeNumbers: new Int32Array(room),
  };

  function grow(): void {
    room *= 2;
    columns.ids = grown(columns.ids, new Int32Array(room));
    columns.registeredAt = grown(columns.registeredAt, new Float64Array(room));
    columns.finishedAt = grown(columns.finishedAt, new Float64Array(room));
    columns.assigneeIds = grown(columns.assigneeIds, new Int32Array(room));
    columns.typeIds = grown(columns.typeIds, new Int32Array(room));
    columns.placeNumbers = grown(columns.placeNumbers, new Int32Array(room));
    for (const column of clocks.values()) {
      column.state = grown(column.state, new Uint8Array(room));
      column.due = grown(column.due, new Float64Array(room));
      column.ended = grown(column.ended, new Float64Array(room));
      column.spent = grown(column.spent, new Float64Array(room));
    }
  }

  function clockColumn(kind: string): ClockColumn {
    let column = clocks.get(kind);
    if (!column) {
      column = {
        state: new Uint8Array(room),
        due: new Float64Array(room),
        ended: new Float64Array(room),
        spent: new Float64Array(room),
      };
      clocks.set(kind, column);
    }
    return column;
  }

  function putClock(slot: number, row: ClockFactRow): void {
    const column = clockColumn(row.kind);
    column.state[slot] = row.targetMs === null ? 1 : row.pausedAt === null ? 2 : 3;
    column.due[slot] = row.dueAt ?? Number.POSITIVE_INFINITY;
    column.ended[slot] = row.endedAt ?? Number.POSITIVE_INFINITY;
    column.spent[slot] = spentOf(row) ?? Number.NaN;
  }

  /** The same place is kept once, however many incidents are there. */
  function placeNumber(place: Place): number {
    const key = JSON.stringify(place);
    let number = placeKeys.get(key);
    if (number === undefined) {
      number = places.length;
      places.push(place);
      placeKeys.set(key, number);
    }
    return number;
  }

  function slotFor(id: number): number {
    const known = slots.get(id);
    if (known !== undefined) return known;
    if (columns.count === room) grow();
    const slot = columns.count;
    columns.count += 1;
    slots.set(id, slot);
    columns.ids[slot] = id;
    return slot;
  }

  placeNumber(nowhere);
  return Object.assign(columns, {
    places,
    assetIds,
    clocks,
    slotOf: (incidentId: number) => slots.get(incidentId),
    put(row: FactRow, assets: readonly number[], place: Place, ofClocks: readonly ClockFactRow[]) {
      const slot = slotFor(row.id);
      columns.registeredAt[slot] = row.isAside === 1 ? Number.POSITIVE_INFINITY : row.registeredAt;
      columns.finishedAt[slot] = row.finishedAt ?? Number.POSITIVE_INFINITY;
      columns.assigneeIds[slot] = row.assigneeId ?? 0;
      columns.typeIds[slot] = row.typeId ?? 0;
      columns.placeNumbers[slot] = placeNumber(place);
      assetIds[slot] = assets.length === 0 ? noAssets : assets;
      for (const column of clocks.values()) column.state[slot] = 0;
      for (const clock of ofClocks) putClock(slot, clock);
    },
    putPlace(slot: number, place: Place) {
      columns.placeNumbers[slot] = placeNumber(place);
    },
  });
}

function grown<T extends Uint8Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
