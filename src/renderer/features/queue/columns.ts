import type { QueueSort } from '../../../shared/contract/incidents.ts';

export type ColumnKey =
  | 'urgency'
  | 'star'
  | 'code'
  | 'title'
  | 'asset'
  | 'status'
  | 'type'
  | 'assignee'
  | 'age'
  | 'channel'
  | 'due';

export type Column = {
  readonly key: ColumnKey;
  /** Of the grid, in CSS. */
  readonly width: string;
  readonly sort: QueueSort['key'];
  /** Shown only in a list at least this wide: what matters less leaves first. */
  readonly from: number;
  readonly right?: boolean;
  readonly fixed?: boolean;
};

/** From left to right. */
export const columns: readonly Column[] = [
  { key: 'urgency', width: '30px', sort: 'urgency', from: 0, fixed: true },
  { key: 'star', width: '26px', sort: 'favourite', from: 420 },
  { key: 'code', width: '82px', sort: 'code', from: 0, fixed: true },
  { key: 'title', width: 'minmax(160px, 2.4fr)', sort: 'title', from: 0, fixed: true },
  { key: 'asset', width: 'minmax(124px, 0.8fr)', sort: 'asset', from: 760 },
  { key: 'status', width: 'minmax(128px, 1.1fr)', sort: 'status', from: 480 },
  { key: 'type', width: 'minmax(110px, 1.3fr)', sort: 'type', from: 1100 },
  { key: 'assignee', width: '92px', sort: 'assignee', from: 560 },
  { key: 'channel', width: '34px', sort: 'channel', from: 520 },
  { key: 'age', width: '68px', sort: 'registered', from: 820, right: true },
  { key: 'due', width: '94px', sort: 'due', from: 0, right: true, fixed: true },
];

export function shownColumns(width: number, hidden: readonly string[]): readonly Column[] {
  return columns.filter((column) => column.from <= width && !hidden.includes(column.key));
}

export function gridTemplate(shown: readonly Column[]): string {
  return shown.map((column) => column.width).join(' ');
}
