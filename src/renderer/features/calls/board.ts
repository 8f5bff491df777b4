import type { CallLine } from '../../../shared/contract/calls.ts';
import { isCallOpen } from '../../../shared/domain/calls.ts';

const columnKeys = ['declined', 'pending', 'accepted', 'on-the-way', 'in-progress', 'ended'] as const;
export type ColumnKey = (typeof columnKeys)[number];

export type Column = { readonly key: ColumnKey; readonly calls: readonly CallLine[] };

/** Where a call stands on the board: nobody left to ask is a matter of its own, the other ends are one. */
function columnOf({ state }: Pick<CallLine, 'state'>): ColumnKey {
  return state === 'completed' || state === 'cancelled' ? 'ended' : state;
}

/** The board from left to right. A column for calls nobody took stands only while there are such. */
export function toColumns(calls: readonly CallLine[]): readonly Column[] {
  return columnKeys
    .map((key) => ({ key, calls: calls.filter((call) => columnOf(call) === key).toSorted(compare) }))
    .filter(({ key, calls: own }) => key !== 'declined' || own.length > 0);
}

const weights = { critical: 0, urgent: 1, normal: 2 } as const;

/** What cannot wait first: urgency, then the clock that runs out soonest; what has ended, the latest first. */
function compare(a: CallLine, b: CallLine): number {
  if (!isCallOpen(a.state) || !isCallOpen(b.state)) return (b.endedAt ?? 0) - (a.endedAt ?? 0) || b.id - a.id;
  return (
    weights[a.urgency] - weights[b.urgency] ||
    (a.clock?.dueAt ?? Infinity) - (b.clock?.dueAt ?? Infinity) ||
    a.id - b.id
  );
}

/** How many calls stand elsewhere than they did, or were not there. */
export function movedSince(before: readonly CallLine[], now: readonly CallLine[]): number {
  const stood = new Map(before.map((call) => [call.id, call]));
  const isMoved = (call: CallLine): boolean => {
    const old = stood.get(call.id);
    return old === undefined || old.state !== call.state || old.contactId !== call.contactId;
  };
  return now.filter(isMoved).length;
}

/** The neighbour of a card: up and down within the whole board, left and right to the next column that has any. */
export function neighbour(
  columns: readonly Column[],
  id: number | null,
  direction: 'up' | 'down' | 'left' | 'right',
): number | null {
  const flat = columns.flatMap(({ calls }) => calls.map((call) => call.id));
  const at = id === null ? -1 : flat.indexOf(id);
  if (at < 0) return flat[0] ?? null;
  if (direction === 'up' || direction === 'down') {
    return flat[Math.max(0, Math.min(flat.length - 1, at + (direction === 'down' ? 1 : -1)))] ?? null;
  }
  const column = columns.findIndex(({ calls }) => calls.some((call) => call.id === id));
  const row = columns[column]?.calls.findIndex((call) => call.id === id) ?? 0;
  const further = direction === 'right' ? columns.slice(column + 1) : columns.slice(0, column).toReversed();
  const next = further.find(({ calls }) => calls.length > 0)?.calls ?? [];
  return next[Math.min(row, next.length - 1)]?.id ?? id;
}
