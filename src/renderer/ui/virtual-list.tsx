import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { classNames } from './class-names.ts';
import { moveIndex } from './selection.ts';
import styles from './virtual-list.module.css';

export type VirtualListHandle = {
  scrollToIndex(index: number): void;
  focusActive(): void;
  readonly atTop: boolean;
};

/**
 * A grid of equal rows of which only the visible ones exist. Focus roves by index; the owner keeps it by id and
 * hands the index back, so that it follows its row.
 */
export function VirtualList({
  count,
  rowHeight,
  label,
  columnCount,
  header,
  active,
  onActive,
  onOpen,
  onRange,
  isSelected,
  onSelectTo,
  rowKey,
  renderRow,
  className,
  ref,
}: {
  readonly count: number;
  readonly rowHeight: number;
  readonly label: string;
  readonly columnCount: number;
  readonly header?: ReactNode;
  /** Index of the row with the focus, or -1 when none or when it is out of the list. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** First and last index on the screen, inclusive. */
  readonly onRange?: ((first: number, last: number) => void) | undefined;
  /** Of a list that several rows can be chosen in. */
  readonly isSelected?: ((index: number) => boolean) | undefined;
  /** Shift and a click, Ctrl and a click: up to this row, or this row alone. */
  readonly onSelectTo?: ((index: number, isRange: boolean) => void) | undefined;
  readonly rowKey: (index: number) => string | number;
  /** Cells only; the row itself with its role and focus is the list's. */
  readonly renderRow: (index: number, isActive: boolean) => ReactNode;
  readonly className?: string | undefined;
  readonly ref?: Ref<VirtualListHandle>;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  // Its functions change meaning while keeping identity; nothing here memoizes them.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: rowKey,
    overscan: 8,
    useFlushSync: false,
  });

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (count > 0) onRange?.(first, last);
  }, [onRange, first, last, count]);

  useImperativeHandle(
    ref,
    () => ({
      scrollToIndex: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
      focusActive: () => {
        wantsFocus.current = true;
        focusRow(scroller.current, active);
      },
      get atTop() {
        return (scroller.current?.scrollTop ?? 0) < rowHeight;
      },
    }),
    [virtualizer, rowHeight, active],
  );

  // A row that the keyboard reached may not exist yet: scroll first, focus when it is drawn.
  useLayoutEffect(() => {
    if (!wantsFocus.current || active < 0) return;
    if (focusRow(scroller.current, active)) wantsFocus.current = false;
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && active >= 0 && !event.shiftKey) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = moveIndex(active, event.key, count, page);
    if (next === null) return;
    event.preventDefault();
    wantsFocus.current = true;
    virtualizer.scrollToIndex(next, { align: 'auto' });
    onActive(next);
  }

  const tabStop = active >= first && active <= last ? active : first;

  return (
    <div
      ref={scroller}
      className={classNames(styles.scroller, className)}
      role="grid"
      aria-label={label}
      aria-rowcount={count + (header ? 1 : 0)}
      aria-colcount={columnCount}
      aria-multiselectable={isSelected !== undefined || undefined}
      onKeyDown={onKeyDown}
      tabIndex={count === 0 ? 0 : -1}
    >
      {header ? (
        <div role="rowgroup" className={styles.header}>
          <div role="row" aria-rowindex={1} className={styles.headerRow}>
            {header}
          </div>
        </div>
      ) : null}
      <div role="rowgroup" className={styles.body} style={{ blockSize: virtualizer.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={item.key}
            role="row"
            className={styles.row}
            data-index={item.index}
            data-active={item.index === active || undefined}
            data-chosen={isSelected?.(item.index) || undefined}
            aria-rowindex={item.index + (header ? 2 : 1)}
            aria-selected={isSelected ? isSelected(item.index) : item.index === active}
            aria-current={isSelected !== undefined && item.index === active ? 'true' : undefined}
            tabIndex={item.index === tabStop ? 0 : -1}
            style={{ blockSize: rowHeight, transform: `translateY(${item.start}px)` }}
            onMouseDown={(event) => {
              // Shift and a click would mark the words between.
              if (event.shiftKey && onSelectTo) event.preventDefault();
            }}
            onClick={(event) => {
              if (onSelectTo && (event.shiftKey || event.ctrlKey || event.metaKey)) {
                onSelectTo(item.index, event.shiftKey);
                return;
              }
              onActive(item.index);
              onOpen(item.index);
            }}
          >
            {renderRow(item.index, item.index === active)}
          </div>
        ))}
      </div>
    </div>
  );
}

function focusRow(scroller: HTMLElement | null, index: number): boolean {
  const row = scroller?.querySelector<HTMLElement>(`[role=row][data-index="${index}"]`);
  row?.focus({ preventScroll: true });
  return row !== null && row !== undefined;
}
