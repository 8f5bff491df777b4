import { withoutCheckCode } from '../../../shared/domain/check-code.ts';
import type { ExportRequest } from '../../../shared/contract/reports.ts';
import type { NoticeExportStore } from '../../db/notice-export-store.ts';
import { type ExportTable, moment, type Row } from './table.ts';
import { headingsOf, word } from './words.ts';

const pieceSize = 500;

/** A row for each step, so that every message that may have left can be counted and paid. */
export function noticeTable(
  ids: readonly number[],
  store: NoticeExportStore,
  language: ExportRequest['language'],
): ExportTable {
  return {
    name: word('notices', language),
    headings: headingsOf('notice', language),
    // Of rows nobody knows how many there are before they are read.
    total: null,
    pieces: pieces(ids, store),
  };
}

function* pieces(ids: readonly number[], store: NoticeExportStore): Generator<Row[]> {
  for (let index = 0; index < ids.length; index += pieceSize) {
    yield store
      .rows(ids.slice(index, index + pieceSize))
      .map((row) => [
        row.id,
        moment(row.createdAt),
        row.kind,
        row.urgency,
        row.to,
        row.code,
        row.title,
        withoutCheckCode(row.kind, row.text),
        row.state,
        moment(row.acknowledgedAt),
        row.acknowledgedBy ?? '',
        row.round,
        row.step,
        row.channel ?? '',
        row.address ?? '',
        row.route ?? '',
        row.stepState ?? '',
        moment(row.dueAt),
        moment(row.sentAt),
        moment(row.acceptedAt),
        moment(row.deliveredAt),
        moment(row.readAt),
        moment(row.saidAt),
        moment(row.failedAt),
        row.cost === null ? null : row.cost / 100,
        row.segments,
        row.attempts,
        row.providerStatus ?? '',
        row.providerId ?? '',
        row.errorCode ?? '',
        row.errorDetail ?? '',
      ]);
  }
}
