import type { Db } from '../db/open.ts';
import type { FactRow, ReportStore } from '../db/report-store.ts';
import type { Clock } from '../platform/clock.ts';
import { createFactColumns, type FactColumns } from './fact-columns.ts';
import { nowhere, type Place, placeOf, toPlace } from './facts.ts';

export type AlarmFacts = {
  /** Side by side, in the order they were raised. */
  readonly at: readonly number[];
  readonly incidentIds: readonly number[];
};

/** Letters by the quarter of an hour since the epoch. */
export type LetterFacts = ReadonlyMap<number, { readonly lettersIn: number; readonly lettersOut: number }>;

export type Facts = {
  readonly incidents: FactColumns;
  readonly alarms: AlarmFacts;
  readonly letters: LetterFacts;
};

export type FactBase = {
  /** As the database is now. The first call reads everything, in slices between which the desk works on. */
  read(): Promise<Facts>;
};

type Parts = { readonly db: Db; readonly store: ReportStore; readonly clock: Clock };

const slice = 2000;
/** Incidents changed since the last look that are read without giving the desk a turn. */
const atOnce = 2000;
const monthMs = 30 * 86_400_000;
const quarterMs = 900_000;

/**
 * What reports count, in memory: a filter over six dimensions and exact medians cannot be kept as sums a day, and one
 * pass over 100,000 incidents here costs less than one grouping of them in SQL. Nothing of it is stored, so nothing
 * can drift: whatever a transaction touched is read again before the next report.
 */
export function createFactBase({ db, store, clock }: Parts): FactBase {
  const incidents = createFactColumns();
  const alarms = { at: [] as number[], incidentIds: [] as number[] };
  const letters = new Map<number, { lettersIn: number; lettersOut: number }>();
  const places = new Map<number, Place>();
  const touched = new Set<number>();
  let placesAreOld = false;
  let revision = 0;
  let lastIncident = 0;
  let lastAlarm = 0;
  let lastLetter: number | undefined;
  let reading: Promise<Facts> | undefined;
  const breathe = () => clock.sleep(0);

  db.onCommit((change) => {
    // Before the first report there is nothing to keep fresh.
    if (lastLetter === undefined && reading === undefined) return;
    for (const id of change.incidentIds) touched.add(id);
    if (change.kinds.has('asset') || change.kinds.has('contact')) placesAreOld = true;
  });

  function take(rows: readonly FactRow[]): void {
    const ids = rows.map(({ id }) => id);
    const clocks = Map.groupBy(store.clocks(ids), ({ incidentId }) => incidentId);
    const bound = Map.groupBy(store.assets(ids), ({ incidentId }) => incidentId);
    learnPlaces([...bound.values()].flat().map(({ assetId }) => assetId));
    for (const row of rows) {
      const assetIds = bound.get(row.id)?.map(({ assetId }) => assetId) ?? [];
      incidents.put(row, assetIds, placeAt(assetIds), clocks.get(row.id) ?? []);
    }
  }

  function placeAt(assetIds: readonly number[]): Place {
    return placeOf(assetIds.map((id) => places.get(id) ?? nowhere));
  }

  function learnPlaces(assetIds: readonly number[]): void {
    const unknown = [...new Set(assetIds)].filter((id) => !places.has(id));
    if (unknown.length === 0) return;
    for (const row of store.places(unknown)) places.set(row.assetId, toPlace(row));
  }

  async function readIncidents(): Promise<void> {
    for (;;) {
      const rows = store.facts(lastIncident, slice);
      take(rows);
      lastIncident = rows.at(-1)?.id ?? lastIncident;
      if (rows.length < slice) return;
      await breathe();
    }
  }

  /** By what was touched, and by revision as well: either alone would do, and together none can be forgotten. */
  async function readChanged(): Promise<void> {
    const seen = db.revision();
    const changed = new Set([...touched, ...store.changedAfter(revision)]);
    touched.clear();
    revision = seen;
    const ids = [...changed].filter((id) => id <= lastIncident);
    for (let index = 0; index < ids.length; index += atOnce) {
      take(store.factsOf(ids.slice(index, index + atOnce)));
      if (index + atOnce < ids.length) await breathe();
    }
  }

  async function readPlaces(): Promise<void> {
    if (!placesAreOld) return;
    placesAreOld = false;
    const known = [...places.keys()];
    places.clear();
    for (let index = 0; index < known.length; index += slice) {
      learnPlaces(known.slice(index, index + slice));
      await breathe();
    }
    for (const [slot, assetIds] of incidents.assetIds.entries()) {
      if (assetIds.length > 0) incidents.putPlace(slot, placeAt(assetIds));
    }
  }

  async function readAlarms(): Promise<void> {
    for (;;) {
      const rows = store.alarms(lastAlarm, slice * 5);
      for (const { incidentId, raisedAt } of rows) {
        alarms.at.push(raisedAt);
        alarms.incidentIds.push(incidentId);
      }
      lastAlarm = rows.at(-1)?.id ?? lastAlarm;
      if (rows.length < slice * 5) return;
      await breathe();
    }
  }

  async function readLetters(): Promise<void> {
    if (lastLetter === undefined) {
      lastLetter = store.newestLetter();
      const span = store.letterSpan();
      for (let from = span?.first ?? 0; span && from <= span.last; from += monthMs) {
        const before = Math.min(from + monthMs, span.last + 1);
        for (const row of store.letterCounts(lastLetter, from, before)) addLetters(row.quarter, row);
        await breathe();
      }
    }
    for (;;) {
      const rows = store.letters(lastLetter, slice);
      for (const { receivedAt, direction } of rows) {
        const isIn = direction === 'in';
        addLetters(Math.floor(receivedAt / quarterMs), { lettersIn: isIn ? 1 : 0, lettersOut: isIn ? 0 : 1 });
      }
      lastLetter = rows.at(-1)?.id ?? lastLetter;
      if (rows.length < slice) return;
      await breathe();
    }
  }

  function addLetters(quarter: number, { lettersIn, lettersOut }: { lettersIn: number; lettersOut: number }) {
    const sum = letters.get(quarter);
    if (sum) {
      sum.lettersIn += lettersIn;
      sum.lettersOut += lettersOut;
    } else letters.set(quarter, { lettersIn, lettersOut });
  }

  async function readAll(): Promise<Facts> {
    if (lastIncident === 0) revision = db.revision();
    await readIncidents();
    await readLetters();
    await readAlarms();
    await readPlaces();
    // Last, without a pause when little has changed: what came meanwhile is in.
    await readIncidents();
    await readChanged();
    return { incidents, alarms, letters };
  }

  return {
    read() {
      // Two that ask at once read once.
      reading ??= readAll().finally(() => (reading = undefined));
      return reading;
    },
  };
}
