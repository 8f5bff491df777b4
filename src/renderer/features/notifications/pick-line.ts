import type { NotificationClimb } from '../../../shared/contract/notifications.ts';

export type LadderLine = {
  /** Those it was passed on between, in order. */
  readonly climbs: readonly NotificationClimb[];
  readonly isOpen: boolean;
};

/** Each chain is a line of its own; what is still under way first, then the newest. */
export function ladderLines(climbs: readonly NotificationClimb[]): readonly LadderLine[] {
  const groups = Map.groupBy(climbs, ({ chain, row }) => chain[0]?.id ?? row.id);
  const lines = [...groups.values()].map((members) => ({
    climbs: members.toSorted((a, b) => a.row.id - b.row.id),
    isOpen: members.some(({ row }) => row.state === 'climbing' || row.state === 'waiting'),
  }));
  const newest = ({ climbs: members }: LadderLine): number => members.at(-1)?.row.createdAt ?? 0;
  return lines.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen) || newest(b) - newest(a));
}
