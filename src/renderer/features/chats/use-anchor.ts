import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

type Place = { readonly key: string; readonly top: number };

export type Anchor = {
  /** The next drawing puts this row a third from the top, whatever the reader had before. */
  readonly aim: (key: string) => void;
  readonly aimEnd: () => void;
};

/** Nearer than this to the end is at the end. */
const endPixels = 32;

/**
 * What the reader looks at stays where it is, whatever is added above, taken away or grows; at the end it stays the
 * end. Rows are found by `data-key`.
 */
export function useAnchor(
  scrollerRef: RefObject<HTMLDivElement | null>,
  contentRef: RefObject<HTMLDivElement | null>,
  drawn: unknown,
  onEnd: (atEnd: boolean) => void,
): Anchor {
  const places = useRef<readonly Place[]>([]);
  const atEnd = useRef(true);
  const aimed = useRef<string | null>(null);
  const tell = useRef(onEnd);
  useEffect(() => {
    tell.current = onEnd;
  });

  const remember = useCallback(() => {
    const box = scrollerRef.current;
    if (box) places.current = visiblePlaces(box);
  }, [scrollerRef]);

  const settle = useCallback(() => {
    const box = scrollerRef.current;
    if (!box) return;
    const row = aimed.current === null ? null : rowOf(box, aimed.current);
    if (row) {
      box.scrollTop = row.offsetTop - box.clientHeight / 3;
      aimed.current = null;
      atEnd.current = isAtEnd(box);
      tell.current(atEnd.current);
    } else if (atEnd.current) {
      box.scrollTop = box.scrollHeight;
    } else {
      for (const { key, top } of places.current) {
        const known = rowOf(box, key);
        if (!known) continue;
        const moved = known.offsetTop - box.scrollTop - top;
        if (Math.abs(moved) >= 1) box.scrollTop += moved;
        break;
      }
    }
    remember();
  }, [scrollerRef, remember]);

  useLayoutEffect(settle, [settle, drawn]);

  useEffect(() => {
    const box = scrollerRef.current;
    const inner = contentRef.current;
    if (!box || !inner) return undefined;
    let size = `${box.scrollHeight} ${box.clientHeight}`;
    const onScroll = (): void => {
      const now = `${box.scrollHeight} ${box.clientHeight}`;
      // A scroll that comes with another size is the browser's doing, not the reader's.
      if (now === size && isAtEnd(box) !== atEnd.current) {
        atEnd.current = isAtEnd(box);
        tell.current(atEnd.current);
      }
      remember();
    };
    const observer = new ResizeObserver(() => {
      settle();
      size = `${box.scrollHeight} ${box.clientHeight}`;
    });
    observer.observe(inner);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [scrollerRef, contentRef, settle, remember]);

  const aim = useCallback(
    (key: string) => {
      aimed.current = key;
      atEnd.current = false;
      settle();
    },
    [settle],
  );
  const aimEnd = useCallback(() => {
    aimed.current = null;
    atEnd.current = true;
    settle();
    tell.current(true);
  }, [settle]);
  return { aim, aimEnd };
}

function isAtEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < endPixels;
}

function rowOf(box: HTMLElement, key: string): HTMLElement | null {
  return box.querySelector<HTMLElement>(`[data-key="${key}"]`);
}

/** Messages on the screen and where they stand in it; lines such as days come and go and hold nothing. */
function visiblePlaces(box: HTMLElement): readonly Place[] {
  const places: Place[] = [];
  const end = box.scrollTop + box.clientHeight;
  for (const row of box.querySelectorAll<HTMLElement>('[data-key^="m-"]')) {
    if (row.offsetTop > end) break;
    if (row.offsetTop + row.offsetHeight > box.scrollTop) {
      places.push({ key: row.dataset['key'] ?? '', top: row.offsetTop - box.scrollTop });
    }
  }
  return places;
}
