import type { OutboxRow } from '../../../shared/contract/letters.ts';

export const outboxGroups = ['unknown', 'failed', 'waiting', 'sent'] as const;
export type OutboxGroup = (typeof outboxGroups)[number];

/** What needs a person stands first; inside a group the newest. */
export function groupOutbox(
  rows: readonly OutboxRow[],
): readonly { readonly group: OutboxGroup; readonly rows: readonly OutboxRow[] }[] {
  return outboxGroups
    .map((group) => ({
      group,
      rows: rows
        .filter((row) => groupOf(row) === group)
        .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id),
    }))
    .filter(({ rows: found }) => found.length > 0);
}

function groupOf({ state }: OutboxRow): OutboxGroup | undefined {
  switch (state) {
    case 'unknown':
      return 'unknown';
    case 'failed':
      return 'failed';
    case 'queued':
    case 'sending':
      return 'waiting';
    case 'accepted':
    case 'delivered':
    case 'read':
    case 'acknowledged':
      return 'sent';
    case 'cancelled':
      return undefined;
  }
}
