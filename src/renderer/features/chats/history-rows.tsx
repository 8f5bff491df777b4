import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { safeLine } from '../../lib/safe-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useHand } from './chat-hand.ts';
import type { ChatSource } from './chat-source.ts';
import styles from './history.module.css';
import { MessageView } from './message.tsx';
import { OlderLine } from './older-line.tsx';
import { ServiceLine } from './service-line.tsx';
import type { Unit } from './units.ts';

type RowProps = {
  readonly unit: Unit;
  readonly source: ChatSource;
  readonly hasSender: boolean;
  readonly hasTabStop: boolean;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
  readonly isHovered: boolean;
  readonly isFlashed: boolean;
  readonly onHover: (key: string) => void;
};

/** One line of the history; drawn anew only when what it shows has changed. */
export const UnitRow = memo(function UnitRow(props: RowProps) {
  const { unit, source } = props;
  const { t } = useTranslation();
  const format = useFormat();
  switch (unit.kind) {
    case 'day':
      return (
        <Line>
          <p className={styles.day}>{format.date(unit.at)}</p>
        </Line>
      );
    case 'unread':
      return (
        <Line dataKey="unread">
          <p className={styles.unread}>{t('chats.history.unread')}</p>
        </Line>
      );
    case 'gap':
      return (
        <Line>
          <OlderLine source={source} gapBefore={unit.messageId} />
        </Line>
      );
    case 'service':
      return (
        <Line dataKey={unit.key}>
          <ServiceLine message={unit.message} />
        </Line>
      );
    case 'message':
      return <MessageRow {...props} unit={unit} />;
  }
}, isSame);

function isSame(before: RowProps, after: RowProps): boolean {
  const keys = Object.keys(after) as (keyof RowProps)[];
  return keys.every((key) =>
    key === 'unit' ? isSameUnit(before.unit, after.unit) : before[key] === after[key],
  );
}

/** Messages keep their identity while they do not change; the units around them are made anew each time. */
function isSameUnit(one: Unit, other: Unit): boolean {
  if (one.key !== other.key || one.kind !== other.kind) return false;
  if (one.kind === 'service' && other.kind === 'service') return one.message === other.message;
  if (one.kind !== 'message' || other.kind !== 'message') return true;
  return (
    one.isFirst === other.isFirst &&
    one.messages.length === other.messages.length &&
    one.messages.every((message, index) => message === other.messages[index])
  );
}

export function Line({
  children,
  dataKey,
}: {
  readonly children: ReactNode;
  readonly dataKey?: string | undefined;
}) {
  return (
    <div role="row" className={styles.line} data-key={dataKey}>
      <div role="gridcell" className={styles.lineCell}>
        {children}
      </div>
    </div>
  );
}

function MessageRow({
  unit,
  hasSender,
  hasTabStop,
  isSelected,
  isFocused,
  isHovered,
  isFlashed,
  onHover,
}: RowProps & { readonly unit: Extract<Unit, { readonly kind: 'message' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [message] = unit.messages;
  const sender = message.out ? t('chats.you') : safeLine(message.sender);
  return (
    <div
      role="row"
      className={styles.row}
      data-key={unit.key}
      data-id={message.id}
      data-first={unit.isFirst || undefined}
      data-flash={isFlashed || undefined}
      aria-selected={isSelected}
      aria-label={t('chats.message.label', { sender, time: format.full(message.sentAt) })}
      tabIndex={hasTabStop ? 0 : -1}
      onMouseEnter={() => onHover(unit.key)}
    >
      <div role="gridcell" className={styles.cell}>
        <Tick messageId={message.id} isSelected={isSelected} isShown={isSelected || isHovered || isFocused} />
        <div className={styles.message}>
          <MessageView
            messages={unit.messages}
            isFirst={unit.isFirst}
            hasSender={hasSender}
            isActive={isFocused || isHovered}
          />
        </div>
      </div>
    </div>
  );
}

function Tick({
  messageId,
  isSelected,
  isShown,
}: {
  readonly messageId: number;
  readonly isSelected: boolean;
  readonly isShown: boolean;
}) {
  const { t } = useTranslation();
  const hand = useHand();
  if (!isShown) return <span className={styles.tick} aria-hidden="true" />;
  return (
    <button
      type="button"
      className={styles.tick}
      tabIndex={-1}
      aria-pressed={isSelected}
      aria-label={t('chats.message.select')}
      title={t('chats.message.select')}
      onClick={(event) => {
        event.stopPropagation();
        hand.select(messageId);
      }}
    >
      {isSelected ? '✓' : ''}
    </button>
  );
}

export function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches('[role=row][data-id]');
}

/** The message under the pointer, unless the pointer is on something of its own. */
export function idAt(target: EventTarget): number | null {
  if (!(target instanceof Element) || target.closest('button,a,audio,video,input')) return null;
  return rowOf(target);
}

/** The message this stands in, or is. */
export function rowOf(target: Element): number | null {
  const id = Number(target.closest<HTMLElement>('[role=row][data-id]')?.dataset['id']);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export function focusRow(scroller: HTMLElement | null, id: number | null): void {
  const row = scroller?.querySelector<HTMLElement>(`[role=row][data-id="${id ?? 0}"]`);
  if (!row) {
    scroller?.focus();
    return;
  }
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}
