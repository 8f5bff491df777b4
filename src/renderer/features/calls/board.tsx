import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { neighbour, toColumns, type Column } from './board.ts';
import { CallCard } from './call-card.tsx';
import styles from './calls.module.css';
import { useBoard } from './use-board.ts';

const arrows = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as const;

/** All calls by state, moving by itself. With a call open it is one narrow column beside it. */
export function Board({
  openId,
  onCall,
  onOpen,
}: {
  readonly openId: number | null;
  /** Calls somebody new. */
  readonly onCall: () => void;
  readonly onOpen: (callId: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const keys = useKeys();
  const own = useRef<HTMLDivElement>(null);
  const { calls, held, show, status, error, reload } = useBoard(own);
  const columns = toColumns(calls ?? []);
  const isShown = calls !== undefined;
  useEffect(() => {
    if (openId === null || !isShown) return;
    own.current?.querySelector(`[data-call="${openId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [openId, isShown]);

  function current(): number | null {
    const focused = own.current?.contains(document.activeElement)
      ? document.activeElement?.closest<HTMLElement>('[data-call]')?.dataset['call']
      : undefined;
    return focused === undefined ? openId : Number(focused);
  }

  function move(direction: (typeof arrows)[keyof typeof arrows]): void {
    const next = neighbour(columns, current(), direction);
    if (next === null) return;
    own.current?.querySelector<HTMLElement>(`[data-call="${next}"]`)?.focus();
    // An open call follows the hand.
    if (openId !== null) onOpen(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const direction = arrows[event.key as keyof typeof arrows];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    move(direction);
  }

  useShortcut('next', () => move('down'), columns.length > 0);
  useShortcut('previous', () => move('up'), columns.length > 0);
  useShortcut('showNew', show, held > 0);

  if (!calls) {
    return error ? (
      <EmptyState
        tone="error"
        title={t('calls.board.failed')}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      >
        {errorText(error)}
      </EmptyState>
    ) : (
      <div className={styles.board} aria-busy="true" />
    );
  }
  if (calls.length === 0) {
    return (
      <EmptyState
        title={t('calls.board.empty')}
        action={
          <Button kind="primary" keys={keys('call')} onClick={onCall}>
            {t('calls.call')}
          </Button>
        }
      >
        {t('calls.board.emptyText')}
      </EmptyState>
    );
  }
  return (
    <div
      ref={own}
      className={styles.board}
      data-narrow={openId === null ? undefined : true}
      data-dimmed={status === 'stale' || undefined}
      role="group"
      aria-label={t('calls.board.label')}
      onKeyDown={onKeyDown}
    >
      {held > 0 ? (
        <div className={styles.held}>
          <Button keys={keys('showNew')} onClick={show}>
            {t('calls.board.held', { count: held })}
          </Button>
        </div>
      ) : null}
      <div
        className={styles.columns}
        style={openId === null ? { gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` } : {}}
      >
        {columns
          .filter((column) => openId === null || column.calls.length > 0)
          .map((column) => (
            <BoardColumn key={column.key} column={column} openId={openId} />
          ))}
      </div>
    </div>
  );
}

function BoardColumn({ column, openId }: { readonly column: Column; readonly openId: number | null }) {
  const { t } = useTranslation();
  const name = t(`calls.column.${column.key}`);
  return (
    <section
      className={styles.column}
      data-column={column.key}
      aria-label={t('calls.board.column', { name, count: column.calls.length })}
    >
      <h2 className={styles.columnHead}>
        {column.key === 'declined' ? <span aria-hidden="true">! </span> : null}
        {name}
        {column.calls.length > 0 ? <span className={styles.count}>{column.calls.length}</span> : null}
      </h2>
      {column.calls.length > 0 ? (
        <ul className={styles.cards}>
          {column.calls.map((call) => (
            <li key={call.id}>
              <CallCard call={call} isOpen={call.id === openId} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.faint}>{t('calls.board.columnEmpty')}</p>
      )}
    </section>
  );
}
