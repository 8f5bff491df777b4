import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppDesk } from './create-desk.ts';
import styles from './splitter.module.css';

/** Shares of the start as preferences take them. */
const bounds = { split: [0.3, 0.75], chatSplit: [0.2, 0.6] } as const;
const step = 0.02;

/** Two panes with a border that can be dragged or moved with arrows; where it stands is remembered. */
export function Splitter({
  desk,
  label,
  kept: name = 'split',
  start,
  end,
}: {
  readonly desk: AppDesk;
  readonly label: string;
  /** Under which preference it is remembered. */
  readonly kept?: keyof typeof bounds;
  readonly start: ReactNode;
  readonly end: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const kept = useStore(desk.preferences.store, (state) => state[name]);
  const [least, most] = bounds[name];
  const bounded = (share: number): number => Math.min(most, Math.max(least, share));
  const [dragged, setDragged] = useState<number | null>(null);
  const share = dragged ?? kept;

  function onPointerMove(event: PointerEvent): void {
    if (dragged === null || !box.current) return;
    const { left, width } = box.current.getBoundingClientRect();
    setDragged(bounded((event.clientX - left) / width));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    desk.preferences.set({ [name]: bounded(kept + (event.key === 'ArrowLeft' ? -step : step)) });
  }

  return (
    <div
      ref={box}
      className={styles.box}
      style={{ gridTemplateColumns: `minmax(0, ${share}fr) 1px minmax(0, ${1 - share}fr)` }}
    >
      <div className={styles.pane}>{start}</div>
      <div
        className={styles.border}
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={least * 100}
        aria-valuemax={most * 100}
        tabIndex={0}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(kept);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          if (dragged !== null) desk.preferences.set({ [name]: dragged });
          setDragged(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.pane} data-dragging={dragged !== null || undefined}>
        {end}
      </div>
    </div>
  );
}
