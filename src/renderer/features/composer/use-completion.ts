import { useRef, useState } from 'react';
import type { Address } from '../../../shared/contract/common.ts';

const pauseMs = 80;

/** Asks for addresses while somebody types; an answer to an older text is dropped. */
export function useCompletion(complete: (text: string, signal: AbortSignal) => Promise<readonly Address[]>): {
  readonly options: readonly Address[];
  readonly active: number;
  ask(text: string): void;
  move(index: number): void;
  clear(): void;
} {
  const [options, setOptions] = useState<readonly Address[]>([]);
  const [active, setActive] = useState(0);
  const current = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function clear(): void {
    clearTimeout(timer.current);
    current.current?.abort();
    setOptions([]);
    setActive(0);
  }

  return {
    options,
    active,
    move: setActive,
    clear,
    ask(text) {
      clearTimeout(timer.current);
      current.current?.abort();
      const wanted = text.trim();
      if (wanted === '') {
        clear();
        return;
      }
      const mine = new AbortController();
      current.current = mine;
      timer.current = setTimeout(() => {
        complete(wanted, mine.signal).then(
          (found) => {
            if (mine.signal.aborted) return;
            setOptions(found.slice(0, 8));
            setActive(0);
          },
          // Without suggestions the address is typed to its end; nothing else is lost.
          () => undefined,
        );
      }, pauseMs);
    },
  };
}
