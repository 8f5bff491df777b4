import { useState } from 'react';

/** Letters chosen to be moved together; off until somebody begins. */
export type LetterSelection = {
  readonly isOn: boolean;
  readonly ids: readonly number[];
  has(id: number): boolean;
  toggle(id: number): void;
  begin(): void;
  end(): void;
};

export function useLetterSelection(): LetterSelection {
  const [ids, setIds] = useState<readonly number[] | null>(null);
  return {
    isOn: ids !== null,
    ids: ids ?? [],
    has: (id) => ids?.includes(id) ?? false,
    toggle: (id) =>
      setIds((before) =>
        before?.includes(id) ? before.filter((other) => other !== id) : [...(before ?? []), id],
      ),
    begin: () => setIds((before) => before ?? []),
    end: () => setIds(null),
  };
}
