import { createStore, type StoreApi } from 'zustand/vanilla';

export type Undoable = { readonly sequence: number; readonly text: string };

export type UndoStack = {
  readonly store: StoreApi<{ readonly steps: readonly Undoable[] }>;
  push(step: Undoable): void;
  /** The latest thing that this page did and can take back; taken off the stack. */
  pop(): Undoable | undefined;
  drop(sequence: number): void;
  clear(): void;
};

const deepest = 20;

export function createUndoStack(): UndoStack {
  const store = createStore<{ readonly steps: readonly Undoable[] }>(() => ({ steps: [] }));
  return {
    store,
    push: (step) => store.setState(({ steps }) => ({ steps: [...steps, step].slice(-deepest) })),
    pop() {
      const { steps } = store.getState();
      store.setState({ steps: steps.slice(0, -1) });
      return steps.at(-1);
    },
    drop: (sequence) =>
      store.setState(({ steps }) => ({ steps: steps.filter((step) => step.sequence !== sequence) })),
    clear: () => store.setState({ steps: [] }),
  };
}
