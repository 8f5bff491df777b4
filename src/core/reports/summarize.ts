import type { Dashboard, GroupKind, ReportFilter } from '../../shared/contract/reports.ts';
import type { DutyRow, NamedRow } from '../db/report-store.ts';
import { alarmLoad } from './alarm-load.ts';
import type { Facts } from './fact-base.ts';
import type { ClockColumn, FactColumns } from './fact-columns.ts';
import { nowhere, type Verdict } from './facts.ts';
import { addSum, countVerdict, createGroupSums, createSum, type GroupSum } from './group-sums.ts';
import { createMatch, macroregionOfPlace, type Match } from './match.ts';
import type { Period } from './period.ts';
import { spreadOf } from './spread.ts';

export type ClockName = { readonly key: string; readonly name: string; readonly nameEn: string };

export type SummaryInput = {
  readonly facts: Facts;
  readonly period: Period;
  readonly filter: ReportFilter;
  readonly zone: string;
  readonly now: number;
  readonly clocks: readonly ClockName[];
  readonly names: Readonly<Record<GroupKind, readonly NamedRow[]>>;
  readonly macroregionOf: ReadonlyMap<number, number | null>;
  readonly duty: readonly DutyRow[];
};

export type Summary = Omit<Dashboard, 'repeating'> & {
  /** The assets most often met in the period, each at least twice, with the slots of their incidents. */
  readonly byAsset: readonly { readonly assetId: number; readonly slots: readonly number[] }[];
  readonly repeatingTotal: number;
};

const quarterMs = 900_000;
const assetsListed = 100;

/** One pass over what there is. */
export function summarize(input: SummaryInput): Summary {
  const { facts, period, now, clocks, names } = input;
  const { incidents } = facts;
  const match = createMatch(incidents, input.filter, input.macroregionOf);
  const clockSums = createClockSums(incidents, clocks);
  const groups = createGroups(incidents, input.macroregionOf);
  const assets = createAssetCounts(incidents);
  const days = period.days.map((day) => ({
    day,
    opened: 0,
    closed: 0,
    open: 0,
    lettersIn: 0,
    lettersOut: 0,
  }));
  const hours = Array.from({ length: 24 }, () => ({ incidents: 0, letters: 0 }));
  const before = { opened: 0, closed: 0 };
  const lives: number[] = [];
  const { from } = period;
  const earlier = from - (period.before - from);
  let open = 0;
  for (let slot = 0; slot < incidents.count; slot += 1) {
    const registeredAt = incidents.registeredAt[slot] ?? 0;
    const finishedAt = incidents.finishedAt[slot] ?? 0;
    if (registeredAt >= period.before || finishedAt < earlier || !match.has(slot)) continue;
    const isOpened = registeredAt >= from;
    if (!isOpened && registeredAt >= earlier) before.opened += 1;
    if (finishedAt < from) {
      before.closed += 1;
      if (!isOpened) continue;
    } else if (!isOpened) open += 1;
    const rows = groups.of(slot);
    if (isOpened) {
      const index = period.dayOf(registeredAt);
      const day = days[index];
      if (day) day.opened += 1;
      const hour = hours[period.hourOf(registeredAt, index)];
      if (hour) hour.incidents += 1;
      clockSums.take(slot, rows, now);
      assets.take(slot);
      for (const row of rows) row.opened += 1;
    }
    if (finishedAt >= period.before) {
      for (const row of rows) row.open += 1;
    } else {
      const day = days[period.dayOf(finishedAt)];
      if (day) day.closed += 1;
      const life = Math.max(0, finishedAt - registeredAt);
      lives.push(life);
      for (const row of rows) {
        row.closed += 1;
        row.lives.push(life);
      }
    }
  }
  for (const day of days) {
    open += day.opened - day.closed;
    day.open = open;
  }
  countLetters(facts, period, days, hours);
  return {
    zone: input.zone,
    asOf: now,
    days,
    hours,
    totals: {
      opened: sumOf(days, 'opened'),
      closed: sumOf(days, 'closed'),
      open,
      lettersIn: sumOf(days, 'lettersIn'),
      lettersOut: sumOf(days, 'lettersOut'),
    },
    before,
    life: spreadOf(lives),
    clocks: clockSums.rows(),
    groups: groups.rows(names, clocks.length),
    ...assets.repeating(period, match),
    alarms: alarmLoad({ at: alarmsOf(facts, period, match), duty: input.duty, period, now }),
  };
}

function createClockSums(facts: FactColumns, clocks: readonly ClockName[]) {
  const list = clocks.flatMap((clock, index) => {
    const column = facts.clocks.get(clock.key);
    const sum = {
      ...clock,
      index,
      kept: { met: 0, breached: 0, late: 0, running: 0 },
      spent: [] as number[],
    };
    return [{ sum, column }];
  });
  return {
    take(slot: number, rows: readonly GroupSum[], now: number) {
      for (const { sum, column } of list) {
        if (!column || column.state[slot] === 0) continue;
        const spent = column.spent[slot] ?? Number.NaN;
        if (!Number.isNaN(spent)) sum.spent.push(spent);
        const verdict = judge(column, slot, now);
        if (verdict === undefined) continue;
        if (verdict === 'late') sum.kept.breached += 1;
        sum.kept[verdict] += 1;
        for (const row of rows) countVerdict(row, sum.index, verdict);
      }
    },
    rows: () =>
      list.map(({ sum: { key, name, nameEn, kept, spent } }) => ({
        kind: key,
        name,
        nameEn,
        kept,
        spent: spreadOf(spent),
      })),
  };
}

/** As `verdictOf`, over columns. */
function judge({ state, due, ended }: ClockColumn, slot: number, now: number): Verdict | undefined {
  if (state[slot] === 1) return undefined;
  const dueAt = due[slot] ?? 0;
  const endedAt = ended[slot] ?? 0;
  if (endedAt !== Number.POSITIVE_INFINITY) return endedAt <= dueAt ? 'met' : 'breached';
  return state[slot] === 2 && dueAt < now ? 'late' : 'running';
}

function createGroups(facts: FactColumns, macroregionOf: ReadonlyMap<number, number | null>) {
  const people = createGroupSums();
  const types = createGroupSums();
  // What happened in a place is counted once there, and given to the four tables it belongs to in the end.
  const byPlace: GroupSum[] = [];
  const rows: [GroupSum, GroupSum, GroupSum] = [createSum(), createSum(), createSum()];
  return {
    /** Where an incident counts; good until the next call. */
    of(slot: number): readonly GroupSum[] {
      const person = facts.assigneeIds[slot] ?? 0;
      const type = facts.typeIds[slot] ?? 0;
      rows[0] = byPlace[facts.placeNumbers[slot] ?? 0] ??= createSum();
      rows[1] = people.of(person === 0 ? null : person);
      rows[2] = types.of(type === 0 ? null : type);
      return rows;
    },
    rows(names: SummaryInput['names'], clocks: number): Dashboard['groups'] {
      const [region, macroregion, contractor, group] = [
        createGroupSums(),
        createGroupSums(),
        createGroupSums(),
        createGroupSums(),
      ];
      byPlace.forEach((sum, number) => {
        const place = facts.places[number] ?? nowhere;
        addSum(region.of(place.regionId), sum);
        addSum(macroregion.of(macroregionOfPlace(place, macroregionOf)), sum);
        addSum(contractor.of(place.contractorId), sum);
        if (place.groupIds.length === 0) addSum(group.of(null), sum);
        for (const id of place.groupIds) addSum(group.of(id), sum);
      });
      return {
        region: region.rows(names.region, clocks),
        macroregion: macroregion.rows(names.macroregion, clocks),
        person: people.rows(names.person, clocks),
        contractor: contractor.rows(names.contractor, clocks),
        type: types.rows(names.type, clocks),
        group: group.rows(names.group, clocks),
      };
    },
  };
}

/** First only counted: the incidents are gathered for those that are shown. */
function createAssetCounts(facts: FactColumns) {
  const counts = new Map<number, number>();
  return {
    take(slot: number) {
      for (const id of facts.assetIds[slot] ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
    },
    repeating({ from, before }: Period, match: Match): Pick<Summary, 'byAsset' | 'repeatingTotal'> {
      const often = [...counts]
        .filter(([, count]) => count > 1)
        .toSorted(([a, ofA], [b, ofB]) => ofB - ofA || a - b);
      const shown = new Map(often.slice(0, assetsListed).map(([id]) => [id, [] as number[]]));
      for (let slot = 0; shown.size > 0 && slot < facts.count; slot += 1) {
        const at = facts.registeredAt[slot] ?? 0;
        if (at < from || at >= before) continue;
        for (const id of facts.assetIds[slot] ?? []) if (match.has(slot)) shown.get(id)?.push(slot);
      }
      const byAsset = [...shown].map(([assetId, slots]) => ({ assetId, slots }));
      return { byAsset, repeatingTotal: often.length };
    },
  };
}

/** Of the whole desk whatever the filter: a letter has no region before it has an incident. */
function countLetters(
  { letters }: Facts,
  period: Period,
  days: { lettersIn: number; lettersOut: number }[],
  hours: { letters: number }[],
): void {
  for (let quarter = Math.ceil(period.from / quarterMs); quarter * quarterMs < period.before; quarter += 1) {
    const count = letters.get(quarter);
    if (!count) continue;
    const day = days[period.dayOf(quarter * quarterMs)];
    const hour = hours[period.hourOf(quarter * quarterMs)];
    if (day) {
      day.lettersIn += count.lettersIn;
      day.lettersOut += count.lettersOut;
    }
    if (hour) hour.letters += count.lettersIn + count.lettersOut;
  }
}

function alarmsOf({ alarms, incidents }: Facts, period: Period, match: Match): number[] {
  const found: number[] = [];
  for (let index = 0; index < alarms.at.length; index += 1) {
    const at = alarms.at[index] ?? 0;
    if (at < period.from || at >= period.before) continue;
    const slot = match.isAll ? 0 : incidents.slotOf(alarms.incidentIds[index] ?? 0);
    if (slot !== undefined && match.has(slot)) found.push(at);
  }
  return found;
}

function sumOf<K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}
