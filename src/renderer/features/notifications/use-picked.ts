import { useCallback, useState } from 'react';
import type { NotificationRow } from '../../../shared/contract/notifications.ts';

/** As many as one command takes. */
const mostPicked = 500;

export type Picked = {
  readonly ids: ReadonlySet<number>;
  has(index: number): boolean;
  toggle(index: number): void;
  toggleId(id: number): void;
  /** Everything from one row to another. */
  extendTo(index: number, from: number): void;
  clear(): void;
};

/** Which rows an action is for; kept by id, so that rows may move under it. */
export function usePicked(rows: readonly NotificationRow[]): Picked {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const toggleId = useCallback((id: number) => {
    setIds((before) =>
      before.has(id) ? new Set([...before].filter((other) => other !== id)) : limited([...before, id]),
    );
  }, []);
  return {
    ids,
    has: (index) => ids.has(rows[index]?.id ?? 0),
    toggle(index) {
      const id = rows[index]?.id;
      if (id !== undefined) toggleId(id);
    },
    toggleId,
    extendTo(index, from) {
      const [first, last] = from < index ? [from, index] : [index, from];
      const between = rows.slice(first, last + 1).map(({ id }) => id);
      setIds((before) => limited([...before, ...between]));
    },
    clear: () => setIds(new Set()),
  };
}

function limited(ids: readonly number[]): ReadonlySet<number> {
  return new Set([...new Set(ids)].slice(0, mostPicked));
}
