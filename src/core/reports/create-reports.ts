import type {
  Dashboard,
  ExportRequest,
  JournalEntry,
  MapIncident,
  ReportPeriod,
} from '../../shared/contract/reports.ts';
import { localDay } from '../../shared/domain/local-day.ts';
import { tileOrigin } from '../../shared/domain/tile-address.ts';
import { AppError } from '../../shared/errors.ts';
import type { NotificationFilter } from '../../shared/contract/notifications.ts';
import type { ExportStore } from '../db/export-store.ts';
import type { MapStore } from '../db/map-store.ts';
import type { NoticeExportStore } from '../db/notice-export-store.ts';
import type { NotificationViewStore } from '../db/notification-view-store.ts';
import type { Db } from '../db/open.ts';
import type { ReportStore } from '../db/report-store.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { CompletenessDesk } from './completeness.ts';
import { createDashboards, type DashboardRequest } from './dashboard.ts';
import { createExportJobs, type ExportJobs } from './export/export-jobs.ts';
import { incidentTable } from './export/incident-table.ts';
import { noticeTable } from './export/notice-table.ts';
import { completenessTable, dashboardTable, journalTable } from './export/other-tables.ts';
import type { ExportTable } from './export/table.ts';
import { createFactBase } from './fact-base.ts';
import { mapIncidents, mapPoints } from './map.ts';
import { createMatch } from './match.ts';
import { toPeriod } from './period.ts';

export type Reports = {
  dashboard(request: DashboardRequest): Promise<Dashboard>;
  names: ReportStore['names'];
  /** Newest first, before a number. Throws `invalid-input` (reason `period`). */
  journal(
    period: ReportPeriod,
    before: number | null,
    limit: number,
  ): { entries: JournalEntry[]; total: number };
  readonly exports: Omit<ExportJobs, 'file' | 'start'> & {
    start(request: ExportRequest): { readonly id: string };
    startNotices(request: NoticeExport): { readonly id: string };
  };
  exportFile: ExportJobs['file'];
  readonly completeness: CompletenessDesk;
  mapIncidents(): { readonly incidents: MapIncident[]; readonly unplaced: number };
  mapPoints(): Promise<Uint8Array>;
  /** Empty unless an administrator named a server of tiles. */
  tiles(): string;
  /** Throws `invalid-input` (reason `tile-address`). */
  saveTiles(address: string, actorId: number): void;
};

type NoticeExport = Pick<ExportRequest, 'format' | 'separator' | 'language'> & {
  readonly filter: NotificationFilter;
};

type Parts = {
  readonly db: Db;
  readonly notices: Pick<NotificationViewStore, 'ids'>;
  readonly noticeExports: NoticeExportStore;
  readonly store: ReportStore;
  readonly exports: ExportStore;
  readonly map: MapStore;
  readonly settings: SettingStore;
  readonly completeness: CompletenessDesk;
  readonly directory: string;
  readonly mayStore: () => boolean;
  readonly zone: () => string;
  readonly newId: () => string;
  /** In the transaction of the change. */
  readonly tellSetting: (key: string, actorId: number) => void;
  readonly clock: Clock;
  readonly log: Logger;
};

const tilesKey = 'mapTiles';

export function createReports(parts: Parts): Reports {
  const { db, store, clock, zone, settings, map } = parts;
  const base = createFactBase(parts);
  const dashboards = createDashboards({ ...parts, base });

  /** In the order they were registered. */
  async function incidentsOf({ period: asked, filter }: ExportRequest): Promise<readonly number[]> {
    const period = toPeriod(asked, zone());
    const { incidents } = await base.read();
    const match = createMatch(
      incidents,
      filter,
      new Map(store.macroregions().map((row) => [row.regionId, row.macroregionId])),
    );
    const registered = (slot: number) => incidents.registeredAt[slot] ?? 0;
    const slots: number[] = [];
    for (let slot = 0; slot < incidents.count; slot += 1) {
      const at = registered(slot);
      if (at >= period.from && at < period.before && match.has(slot)) slots.push(slot);
    }
    return slots.toSorted((a, b) => registered(a) - registered(b)).map((slot) => incidents.ids[slot] ?? 0);
  }

  async function table(request: ExportRequest): Promise<ExportTable> {
    const { what, language, period } = request;
    switch (what) {
      case 'incidents': {
        const ids = await incidentsOf(request);
        return incidentTable(ids, { store: parts.exports, reports: store, language, now: clock.now() });
      }
      case 'dashboard':
        return dashboardTable(await dashboards.ask(request), language);
      case 'journal':
        return journalTable(parts.exports, toPeriod(period, zone()), language);
      case 'completeness':
        return completenessTable(parts.completeness.view(), language);
    }
  }

  const { file, ...jobs } = createExportJobs(parts);
  return {
    dashboard: dashboards.ask,
    names: store.names,
    journal(asked, before, limit) {
      const period = toPeriod(asked, zone());
      const found = parts.exports.entriesBefore(period, before ?? Number.MAX_SAFE_INTEGER, limit);
      const entries = found.map(({ hash: _hash, ...entry }) => entry);
      return { entries, total: parts.exports.entryCount(period.from, period.before) };
    },
    exports: {
      ...jobs,
      start(request) {
        const { what, period, format, separator } = request;
        // Refused at once, not by a job that fails.
        toPeriod(period, zone());
        const name = `${what}-${period.from}-${period.to}`;
        return jobs.start({ format, separator, name, table: () => table(request) });
      },
      startNotices: ({ filter, language, ...style }) =>
        jobs.start({
          ...style,
          name: `notifications-${localDay(clock.now(), zone())}`,
          table: async () => noticeTable(parts.notices.ids(filter), parts.noticeExports, language),
        }),
    },
    exportFile: file,
    completeness: parts.completeness,
    mapIncidents: () => mapIncidents(map, clock.now()),
    mapPoints: () => mapPoints(map, clock),
    tiles() {
      const address = settings.get(tilesKey);
      return typeof address === 'string' ? address : '';
    },
    saveTiles(address, actorId) {
      if (address !== '' && tileOrigin(address) === undefined) {
        throw new AppError('invalid-input', { details: { reason: 'tile-address' } });
      }
      db.transact((revision) => {
        settings.set(tilesKey, address, revision);
        parts.tellSetting(tilesKey, actorId);
        db.touch('setting');
      });
    },
  };
}
