import type {
  Completeness,
  Dashboard,
  ExportState,
  GroupRow,
  MapIncident,
} from '../../src/shared/contract/reports.ts';
import { addDays } from '../../src/shared/domain/local-day.ts';

const minute = 60_000;
const life = { count: 30, medianMs: 95 * minute, p90Ms: 400 * minute };

const row = (id: number | null, name: string, opened: number): GroupRow => ({
  id,
  name,
  opened,
  closed: opened - 1,
  open: 1,
  life,
  clocks: [{ met: opened - 2, breached: 2 }],
});

/** A week of a small desk, as core tells it. */
export function sampleDashboard(part: Partial<Dashboard> = {}): Dashboard {
  return {
    zone: 'Europe/Moscow',
    asOf: Date.UTC(2026, 2, 10, 9),
    days: Array.from({ length: 7 }, (_, index) => ({
      day: addDays('2026-03-04', index),
      opened: 10 + index,
      closed: 8 + index,
      open: 20 + index * 2,
      lettersIn: 40,
      lettersOut: 50,
    })),
    hours: Array.from({ length: 24 }, (_, hour) => ({ incidents: hour, letters: hour * 3 })),
    totals: { opened: 91, closed: 77, open: 32, lettersIn: 280, lettersOut: 350 },
    before: { opened: 80, closed: 81 },
    life,
    clocks: [
      {
        kind: 'sla',
        name: 'Срок',
        nameEn: 'Deadline',
        kept: { met: 75, breached: 25, late: 5, running: 10 },
        spent: life,
      },
    ],
    groups: {
      region: [row(1, 'Нижегородская', 50), row(null, '', 41)],
      macroregion: [row(1, 'Поволжье', 50)],
      person: [row(7, 'Орлова', 60), row(8, 'Белов', 31)],
      contractor: [row(3, 'Монтаж-Сервис', 44)],
      type: [row(1, 'Нет ВЭС', 70)],
      group: [row(1, 'Север', 91)],
    },
    repeating: [
      {
        assetId: 5,
        code: '41208-P-52-1-1',
        kind: 'pole',
        count: 4,
        open: 1,
        incidents: [
          { id: 1042, code: 'PLT-1042' },
          { id: 1040, code: 'PLT-1040' },
        ],
      },
    ],
    repeatingTotal: 1,
    alarms: {
      total: 420,
      dispatcherHours: 56,
      perDispatcherHour: 7.5,
      hours: 60,
      aboveAcceptable: 12,
      aboveManageable: 3,
      mostInTen: 14,
      floods: 2,
      tens: 1008,
      byHour: Array.from({ length: 24 }, (_, hour) => hour / 2),
      worst: [{ at: Date.UTC(2026, 2, 5, 9), alarms: 31, dispatchers: 2 }],
    },
    ...part,
  };
}

const totals = { onServer: 120, matched: 117, waiting: 0, quarantined: 1, missing: 2, older: 0, gone: 3 };

export function sampleCompleteness(): Completeness {
  return {
    accounts: [
      {
        accountId: 1,
        name: 'Диспетчерская',
        address: 'desk@towers.example',
        folders: [
          {
            folderId: 11,
            role: 'inbox',
            path: 'INBOX',
            uidvalidity: '1',
            takenAt: Date.UTC(2026, 2, 10, 6),
            totals,
            days: [{ day: '2026-03-10', ...totals }],
            missing: [
              { uid: 77, receivedAt: Date.UTC(2026, 2, 9, 7) },
              { uid: 78, receivedAt: Date.UTC(2026, 2, 9, 8) },
            ],
            missingTotal: 2,
            quarantined: [
              {
                uid: 90,
                rawId: 4,
                receivedAt: Date.UTC(2026, 2, 9, 9),
                reason: 'parse-failed',
                released: false,
              },
            ],
          },
        ],
      },
    ],
  };
}

export const mapIncidents: readonly MapIncident[] = [
  {
    id: 1,
    code: 'PLT-1001',
    title: 'Нет питания',
    state: 'calm',
    position: [44, 56.3],
    assetId: 5,
    dueAt: 3,
  },
  {
    id: 2,
    code: 'PLT-1002',
    title: 'Перегрев',
    state: 'overdue',
    position: [37.6, 55.7],
    assetId: 6,
    dueAt: 1,
  },
  { id: 3, code: 'PLT-1003', title: 'Доступ', state: 'risk', position: [131.9, 43.1], assetId: 7, dueAt: 2 },
];

export const exportReady: ExportState = {
  state: 'ready',
  rows: 91,
  total: 91,
  fileName: 'pult-incidents.xlsx',
  reason: null,
};
