import type { ExportRequest } from '../../../shared/contract/reports.ts';
import type { ExportAsset, ExportIncident, ExportStore } from '../../db/export-store.ts';
import type { ReportStore } from '../../db/report-store.ts';
import { spentOf, verdictOf } from '../facts.ts';
import { type ExportTable, minutes, moment, type Row } from './table.ts';
import { headingsOf, word } from './words.ts';

type Parts = {
  readonly store: ExportStore;
  readonly reports: ReportStore;
  readonly language: ExportRequest['language'];
  readonly now: number;
};

const pieceSize = 300;

/** The fields the reference system hands out (one row an incident), with longitude where longitude belongs. */
export function incidentTable(ids: readonly number[], parts: Parts): ExportTable {
  const { language, reports } = parts;
  const clocks = reports.clockNames();
  const parted = headingsOf('clock', language);
  const named = clocks.flatMap(({ name, nameEn }) =>
    parted.map((part) => `${language === 'ru' ? name : nameEn}: ${part}`),
  );
  return {
    name: word('incidents', language),
    headings: [...headingsOf('incident', language), ...named],
    total: ids.length,
    pieces: pieces(
      ids,
      parts,
      clocks.map(({ key }) => key),
    ),
  };
}

function* pieces(ids: readonly number[], parts: Parts, kinds: readonly string[]): Generator<Row[]> {
  const { store, reports, language, now } = parts;
  for (let index = 0; index < ids.length; index += pieceSize) {
    const some = ids.slice(index, index + pieceSize);
    const assets = Map.groupBy(store.assets(some), ({ incidentId }) => incidentId);
    const clocks = Map.groupBy(reports.clocks(some), ({ incidentId }) => incidentId);
    yield store.incidents(some).map((incident) => {
      const own = clocks.get(incident.id) ?? [];
      const clockCells = kinds.flatMap((kind) => {
        const row = own.find((clock) => clock.kind === kind);
        if (!row) return [null, null, null, null, null];
        const verdict = verdictOf(row, now);
        const isExpired = verdict === 'breached' || verdict === 'late';
        return [
          moment(row.startedAt),
          moment(row.endedAt),
          moment(row.dueAt),
          verdict === undefined ? null : word(isExpired ? 'yes' : 'no', language),
          minutes(spentOf(row)),
        ];
      });
      return [...incidentCells(incident, assets.get(incident.id) ?? [], language), ...clockCells];
    });
  }
}

function incidentCells(i: ExportIncident, assets: readonly ExportAsset[], language: 'ru' | 'en'): Row {
  const isRu = language === 'ru';
  const of = (kind: string) => assets.filter((asset) => asset.kind === kind).map(({ code }) => code);
  const first = (read: (asset: ExportAsset) => string | null) => assets.map(read).find((text) => text) ?? '';
  const placed = assets.find(({ latitude }) => latitude !== null);
  const others = assets.filter(({ kind }) => kind !== 'pole' && kind !== 'station');
  return [
    i.code,
    i.id,
    i.title,
    isRu ? i.status : i.statusEn,
    (isRu ? i.type : i.typeEn) ?? '',
    (isRu ? i.subtype : i.subtypeEn) ?? '',
    (isRu ? i.repairPriority : i.repairPriorityEn) ?? '',
    listOf(isRu ? i.categories : i.categoriesEn),
    i.priority,
    i.channel,
    moment(i.registeredAt),
    moment(i.openedAt),
    moment(i.changedAt),
    moment(i.finishedAt),
    word(i.finishedAt === null ? 'no' : 'yes', language),
    i.finishedAt === null ? null : minutes(Math.max(0, i.finishedAt - i.registeredAt)),
    first(({ contractor }) => contractor),
    first(({ emails }) => listOf(emails)),
    of('pole').join(', '),
    of('station').join(', '),
    others.map(({ code }) => code).join(', '),
    first(({ address }) => address),
    placed?.latitude ?? i.latitude,
    placed?.longitude ?? i.longitude,
    first(({ region }) => region),
    first(({ macroregion }) => macroregion),
    first(({ manager }) => manager),
    [...new Set(assets.flatMap(({ groups }) => JSON.parse(groups) as string[]))].join(', '),
    i.assigneeId,
    i.assignee ?? '',
    i.applicantName,
    i.applicantAddress,
    i.applicantPhone,
    i.messageCount,
    i.note ?? '',
    moment(i.noteAt),
  ];
}

function listOf(json: string): string {
  return (JSON.parse(json) as string[]).join(', ');
}
