import {
  groupKinds,
  type Completeness,
  type Dashboard,
  type ExportRequest,
  type GroupRow,
} from '../../../shared/contract/reports.ts';
import type { ExportStore } from '../../db/export-store.ts';
import type { Period } from '../period.ts';
import { type Cell, type ExportTable, minutes, moment, type Row } from './table.ts';
import { headingsOf, word } from './words.ts';

type Language = ExportRequest['language'];

const pieceSize = 1000;

/** One flat table of all sections, so that a sheet can be filtered by the first column. */
export function dashboardTable(shown: Dashboard, language: Language): ExportTable {
  const rows = dashboardRows(shown, language);
  return {
    name: word('dashboard', language),
    headings: headingsOf('dashboard', language),
    total: rows.length,
    pieces: [rows],
  };
}

function dashboardRows(shown: Dashboard, language: Language): Row[] {
  const { totals, life } = shown;
  const blank: readonly Cell[] = [null, null, null, null, null];
  const group = (section: string, row: GroupRow): Row => [
    section,
    row.name || word('none', language),
    row.opened,
    row.closed,
    row.open,
    null,
    null,
    minutes(row.life.medianMs),
    minutes(row.life.p90Ms),
    row.clocks.reduce((sum, { met }) => sum + met, 0),
    row.clocks.reduce((sum, { breached }) => sum + breached, 0),
    null,
  ];
  return [
    [
      word('total', language),
      '',
      totals.opened,
      totals.closed,
      totals.open,
      totals.lettersIn,
      totals.lettersOut,
      minutes(life.medianMs),
      minutes(life.p90Ms),
      null,
      null,
      shown.alarms.total,
    ],
    ...shown.days.map(({ day, opened, closed, open, lettersIn, lettersOut }): Row => [
      word('days', language),
      day,
      opened,
      closed,
      open,
      lettersIn,
      lettersOut,
      ...blank,
    ]),
    ...shown.clocks.map(({ name, nameEn, kept, spent }): Row => [
      word('clocks', language),
      language === 'ru' ? name : nameEn,
      ...blank,
      minutes(spent.medianMs),
      minutes(spent.p90Ms),
      kept.met,
      kept.breached,
      null,
    ]),
    ...groupKinds.flatMap((kind) => shown.groups[kind].map((row) => group(word(kind, language), row))),
    ...shown.repeating.map(({ code, count, open }): Row => [
      word('repeating', language),
      code,
      count,
      null,
      open,
      null,
      null,
      ...blank,
    ]),
    ...shown.alarms.byHour.map((average, hour): Row => [
      word('alarms', language),
      `${String(hour).padStart(2, '0')}:00`,
      ...blank,
      null,
      null,
      null,
      null,
      Math.round(average * 100) / 100,
    ]),
  ];
}

export function journalTable(store: ExportStore, period: Period, language: Language): ExportTable {
  return {
    name: word('journal', language),
    headings: headingsOf('journal', language),
    total: store.entryCount(period.from, period.before),
    pieces: journalPieces(store, period),
  };
}

function* journalPieces(store: ExportStore, period: Period): Generator<Row[]> {
  for (let after = 0; ;) {
    const entries = store.entries(period, after, pieceSize);
    yield entries.map((entry) => [
      entry.sequence,
      moment(entry.at),
      entry.actor ?? '',
      entry.subjectKind,
      entry.subjectId,
      entry.code ?? '',
      entry.kind,
      entry.payload,
      entry.hash,
    ]);
    if (entries.length < pieceSize) return;
    after = entries.at(-1)?.sequence ?? after;
  }
}

/** Days, then what is missing and what is held, letter by letter. */
export function completenessTable({ accounts }: Completeness, language: Language): ExportTable {
  const rows = accounts.flatMap(({ address, folders }) =>
    folders.flatMap((folder): Row[] => {
      const head = [address, folder.path, folder.uidvalidity, moment(folder.takenAt)];
      const none = Array.from({ length: 7 }, () => null);
      return [
        ...folder.days.map((day): Row => [
          ...head,
          word('dayLine', language),
          day.day,
          null,
          null,
          day.onServer,
          day.matched,
          day.waiting,
          day.quarantined,
          day.missing,
          day.older,
          day.gone,
          '',
        ]),
        ...folder.missing.map(({ uid, receivedAt }): Row => [
          ...head,
          word('missingLine', language),
          '',
          uid,
          moment(receivedAt),
          ...none,
          '',
        ]),
        ...folder.quarantined.map(({ uid, receivedAt, reason }): Row => [
          ...head,
          word('quarantineLine', language),
          '',
          uid,
          moment(receivedAt),
          ...none,
          reason,
        ]),
      ];
    }),
  );
  return {
    name: word('completeness', language),
    headings: headingsOf('completeness', language),
    total: rows.length,
    pieces: [rows],
  };
}
