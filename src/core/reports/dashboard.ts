import type { Dashboard, ReportFilter, ReportPeriod } from '../../shared/contract/reports.ts';
import type { ReportStore } from '../db/report-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { FactBase } from './fact-base.ts';
import type { FactColumns } from './fact-columns.ts';
import { toPeriod } from './period.ts';
import { summarize, type Summary } from './summarize.ts';

export type DashboardRequest = { readonly period: ReportPeriod; readonly filter: ReportFilter };

export type Dashboards = {
  /** Throws `invalid-input` (reason `period`). */
  ask(request: DashboardRequest): Promise<Dashboard>;
};

type Parts = {
  readonly store: ReportStore;
  readonly base: FactBase;
  readonly clock: Clock;
  readonly zone: () => string;
};

const incidentsListed = 12;

export function createDashboards({ store, base, clock, zone }: Parts): Dashboards {
  return {
    async ask({ period: asked, filter }) {
      const period = toPeriod(asked, zone());
      const facts = await base.read();
      const { byAsset, ...summary } = summarize({
        facts,
        period,
        filter,
        zone: zone(),
        now: clock.now(),
        clocks: store.clockNames(),
        names: store.names(),
        macroregionOf: new Map(store.macroregions().map((row) => [row.regionId, row.macroregionId])),
        duty: store.duty(period.from, period.before),
      });
      return { ...summary, repeating: nameAssets(store, facts.incidents, byAsset) };
    },
  };
}

function nameAssets(
  store: ReportStore,
  facts: FactColumns,
  listed: Summary['byAsset'],
): Dashboard['repeating'] {
  const assets = new Map(store.assetNames(listed.map(({ assetId }) => assetId)).map((row) => [row.id, row]));
  return listed.flatMap(({ assetId, slots }) => {
    const asset = assets.get(assetId);
    if (!asset) return [];
    const registered = (slot: number) => facts.registeredAt[slot] ?? 0;
    const newest = slots.toSorted((a, b) => registered(b) - registered(a)).slice(0, incidentsListed);
    return [
      {
        assetId,
        code: asset.code,
        kind: asset.kind,
        count: slots.length,
        open: slots.filter((slot) => facts.finishedAt[slot] === Number.POSITIVE_INFINITY).length,
        incidents: store.codes(newest.map((slot) => facts.ids[slot] ?? 0)),
      },
    ];
  });
}
