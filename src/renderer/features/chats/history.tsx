import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage, ChatRow } from '../../../shared/contract/chats.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { useFormat } from '../../lib/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { moveIndex } from '../../ui/selection.ts';
import type { ChatSource } from './chat-source.ts';
import type { ChatState } from './chat-state.ts';
import styles from './history.module.css';
import { focusRow, idAt, isRow, Line, rowOf, UnitRow } from './history-rows.tsx';
import { NewBelow } from './new-below.tsx';
import { OlderLine } from './older-line.tsx';
import { focused, kept, stretched, toggled, type Selection } from './selection.ts';
import { unitsOf } from './units.ts';
import { useAnchor } from './use-anchor.ts';
import { useEdges } from './use-edges.ts';
import { useFirstPlace } from './use-first-place.ts';
import { useOwnSent } from './use-own-sent.ts';

export type HistoryHandle = {
  focus(): void;
  /** Puts a message before the eyes and marks it for a moment; false when it is not on the page. */
  reveal(messageId: number): boolean;
  toEnd(): void;
};

/** The messages, newest at the bottom; looking at them marks nothing. */
export function History({
  source,
  state,
  messages,
  chat,
  selection,
  onSelection,
  ref,
}: {
  readonly source: ChatSource;
  readonly state: ChatState;
  readonly messages: readonly ChatMessage[];
  readonly chat: ChatRow;
  readonly selection: Selection;
  readonly onSelection: (change: (selection: Selection) => Selection) => void;
  readonly ref: Ref<HistoryHandle>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { gaps, unreadFrom } = state;
  const [flash, setFlash] = useState<number | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const units = useMemo(
    () => unitsOf(messages, { gaps, unreadFrom, dayOf: format.date }),
    [messages, gaps, unreadFrom, format],
  );
  const rows = useMemo(() => units.filter((unit) => unit.kind === 'message'), [units]);
  const order = useMemo(() => rows.map(({ messages: [first] }) => first.id), [rows]);
  const [isAway, setAway] = useState(false);
  const onEnd = useCallback(
    (atEnd: boolean) => {
      setAway(!atEnd);
      source.seeEnd(atEnd);
    },
    [source],
  );
  const { aim, aimEnd } = useAnchor(scroller, content, units, onEnd);
  useEdges({ scroller, source, state });
  useFirstPlace(state, { aim, aimEnd });
  useOwnSent(messages, aimEnd);

  useEffect(() => onSelection((now) => kept(now, order)), [order, onSelection]);

  useEffect(() => {
    if (flash === null) return undefined;
    const timer = setTimeout(() => setFlash(null), 2400);
    return () => clearTimeout(timer);
  }, [flash]);

  useImperativeHandle(
    ref,
    () => ({
      focus: () => focusRow(scroller.current, selection.focus ?? order.at(-1) ?? null),
      reveal(messageId) {
        const row = rows.find((unit) => unit.messages.some(({ id }) => id === messageId));
        const [first] = row?.messages ?? [];
        if (!row || !first) return false;
        aim(row.key);
        setFlash(first.id);
        onSelection((now) => focused(now, first.id));
        return true;
      },
      toEnd: aimEnd,
    }),
    [rows, order, selection.focus, aim, aimEnd, onSelection],
  );

  useShortcut('chatSelect', () => {
    const id = selection.focus ?? order.at(-1);
    if (id === undefined) return false;
    onSelection((now) => toggled(now, id));
    return undefined;
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !isRow(event.target)) return;
    const active = selection.focus === null ? order.length - 1 : order.indexOf(selection.focus);
    const next = moveIndex(active, event.key, order.length, 10);
    const id = next === null ? undefined : order[next];
    if (id === undefined) return;
    event.preventDefault();
    onSelection((now) => (event.shiftKey ? stretched(now, id, order) : focused(now, id)));
    focusRow(scroller.current, id);
  }

  function onClick(event: MouseEvent): void {
    const id = idAt(event.target);
    if (id === null || !getSelection()?.isCollapsed) return;
    if (event.shiftKey) onSelection((now) => stretched(now, id, order));
    else if (event.ctrlKey || event.metaKey) onSelection((now) => toggled(now, id));
    else onSelection((now) => focused(now, id));
  }

  const tabStop = selection.focus ?? order.at(-1) ?? null;
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={t('chats.history.label')}
        aria-multiselectable="true"
        aria-colcount={1}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          // Shift stretches the choice of messages, not of letters.
          if (event.shiftKey && idAt(event.target) !== null) event.preventDefault();
        }}
        onClick={onClick}
        onFocus={(event) => {
          // A button of a message, reached by Tab or pressed: keys mean that message from now on.
          const id = rowOf(event.target);
          if (id !== null) onSelection((now) => focused(now, id));
        }}
        onMouseLeave={() => setHovered(null)}
        tabIndex={-1}
        data-stale={state.status === 'stale' || undefined}
      >
        <div ref={content} className={styles.content} role="rowgroup">
          <Line>
            <OlderLine source={source} />
          </Line>
          {units.map((unit) => (
            <UnitRow
              key={unit.key}
              unit={unit}
              source={source}
              hasSender={chat.kind === 'group' || chat.kind === 'supergroup'}
              hasTabStop={unit.kind === 'message' && unit.messages[0].id === tabStop}
              isSelected={unit.kind === 'message' && selection.ids.has(unit.messages[0].id)}
              isFocused={unit.kind === 'message' && unit.messages[0].id === selection.focus}
              isHovered={unit.key === hovered}
              isFlashed={unit.kind === 'message' && unit.messages[0].id === flash}
              onHover={setHovered}
            />
          ))}
          {messages.length === 0 && state.complete ? (
            <Line>
              <EmptyState title={t('chats.history.empty')} />
            </Line>
          ) : null}
        </div>
      </div>
      <NewBelow source={source} isAway={isAway} onEnd={aimEnd} />
    </div>
  );
}
