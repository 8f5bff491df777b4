import { useMemo, useRef, useState } from 'react';
import { mostAtOnce } from '../../../../shared/contract/notes.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import type { Queue } from '../queue.ts';
import { idAt, type QueueState } from '../queue-state.ts';

export type Selection = {
  readonly ids: ReadonlySet<number>;
  has(id: number | undefined): boolean;
  /** The row alone, beside those chosen before. */
  toggle(index: number): void;
  /** Everything between the last row that was chosen and this one. */
  extendTo(index: number): void;
  all(): Promise<void>;
  clear(): void;
  /** Those whose rows are at hand, in the order they were chosen. */
  codes(): { id: number; code: string }[];
  /** As the page last saw each of them. */
  items(): { id: number; expected: number }[];
};

/** Which rows an action is for; kept by id, so that rows may move under it. */
export function useSelection(queue: Queue): Selection {
  const { rpc } = useDesk();
  const command = useCommand();
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(new Map());
  const anchor = useRef(-1);
  const ids = useMemo(() => new Set(chosen.keys()), [chosen]);

  function revisionOf(state: QueueState, id: number): number {
    return state.rows.get(id)?.revision ?? chosen.get(id) ?? 0;
  }

  function setMany(added: readonly (readonly [number, number])[]): void {
    setChosen((before) => new Map([...new Map([...before, ...added])].slice(0, mostAtOnce)));
  }

  return {
    ids,
    has: (id) => id !== undefined && ids.has(id),
    toggle(index) {
      const state = queue.store.getState();
      const id = idAt(state, index);
      if (id === undefined) return;
      anchor.current = index;
      if (!ids.has(id)) return setMany([[id, revisionOf(state, id)]]);
      setChosen((before) => new Map([...before].filter(([other]) => other !== id)));
    },
    extendTo(index) {
      const state = queue.store.getState();
      const from = anchor.current < 0 ? index : anchor.current;
      if (anchor.current < 0) anchor.current = index;
      const [first, last] = from < index ? [from, index] : [index, from];
      const between = Array.from({ length: last - first + 1 }, (_, step) => idAt(state, first + step));
      setMany(between.filter((id) => id !== undefined).map((id) => [id, revisionOf(state, id)] as const));
    },
    async all() {
      const { filter, sort } = queue.store.getState();
      const answer = await command(() => rpc.incidents.queue({ filter, sort, offset: 0, limit: mostAtOnce }));
      if (answer) setChosen(new Map(answer.rows.map(({ id, revision }) => [id, revision])));
    },
    clear() {
      anchor.current = -1;
      setChosen(new Map());
    },
    codes() {
      const { rows } = queue.store.getState();
      return [...chosen.keys()].flatMap((id) => {
        const code = rows.get(id)?.code;
        return code === undefined ? [] : [{ id, code }];
      });
    },
    items() {
      const state = queue.store.getState();
      return [...chosen.keys()].map((id) => ({ id, expected: revisionOf(state, id) }));
    },
  };
}
