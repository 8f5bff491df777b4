import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contract/incidents.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { keyOf, timeOf, type CardState, type TimelineEntry } from './card-state.ts';
import { ChatLine } from './chat-line.tsx';
import { EventLine } from './event-line.tsx';
import { Letter } from './letter.tsx';
import { ChosenLetter } from './links/chosen-letter.tsx';
import type { LetterSelection } from './links/letter-selection.ts';
import { ofParty, PartyFilter, type PartyChoice } from './party-filter.tsx';
import styles from './timeline.module.css';

/** What a letter in the same line says about itself, or what always follows; the history tells it all. */
const unsaid: ReadonlySet<string> = new Set([
  'incident.clock-started',
  'incident.letter-joined',
  'incident.letter-queued',
  'incident.letter-accepted',
  'incident.alarm-acknowledged',
]);

function isWorthALine(entry: TimelineEntry): boolean {
  return entry.kind === 'message' || !unsaid.has(entry.event);
}

/** Letters, messages of chats and events in one line of time, newest at the bottom, opened there. */
export function Timeline({
  state,
  incidentId,
  onOlder,
  onMove,
  onReply,
  onOpenChat,
  selection,
  originOf,
  isMerged = false,
  ref: outer,
}: {
  readonly state: CardState;
  readonly incidentId: number;
  readonly onOlder: () => void;
  readonly onMove: (message: MessageView, incidentId: number | null) => void;
  /** Answers this message of a chat. */
  readonly onReply: (message: MessageView) => void;
  readonly onOpenChat: (chatId: number, messageId: number) => void;
  readonly selection?: LetterSelection;
  /** Code of the merged incident a conversation came with. */
  readonly originOf?: (conversationId: number) => string | undefined;
  /** Its letters live in another incident. */
  readonly isMerged?: boolean;
  readonly ref: React.RefObject<HTMLDivElement | null>;
}) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<PartyChoice>('all');
  const all = useMemo(() => state.entries?.filter(isWorthALine) ?? null, [state.entries]);
  const entries = useMemo(() => all && ofParty(all, choice), [all, choice]);
  const content = useRef<HTMLDivElement>(null);
  useBottom(outer, content, entries);

  if (all === null || entries === null) return <div className={styles.flow} ref={outer} aria-busy="true" />;
  const noLetters = !entries.some((entry) => entry.kind === 'message');
  return (
    <div
      ref={outer}
      className={styles.flow}
      role="log"
      aria-live="off"
      aria-label={t('card.timeline.label')}
      tabIndex={0}
    >
      <PartyFilter entries={all} choice={choice} onChoose={setChoice} />
      <div ref={content} className={styles.content}>
        {state.more ? (
          <div className={styles.older}>
            <Button kind="quiet" busy={state.loadingOlder} onClick={onOlder}>
              {t('card.timeline.older')}
            </Button>
          </div>
        ) : null}
        {entries.map((entry, index) => (
          <div key={keyOf(entry)} className={styles.entry}>
            <DayLine entry={entry} before={entries[index - 1]} />
            {entry.kind === 'event' ? (
              <EventLine entry={entry} incidentId={incidentId} />
            ) : (
              <ChosenLetter message={entry} selection={selection} origin={originOf?.(entry.conversationId)}>
                {entry.channel === 'telegram' ? (
                  <ChatLine message={entry} onMove={onMove} onReply={onReply} onOpenChat={onOpenChat} />
                ) : (
                  <Letter message={entry} onMove={onMove} />
                )}
              </ChosenLetter>
            )}
          </div>
        ))}
        {noLetters && choice !== 'all' ? <EmptyState title={t('lettersOut.nothingOfParty')} /> : null}
        {noLetters && isMerged ? <EmptyState title={t('links.merge.lettersThere')} /> : null}
        {noLetters && !isMerged && choice === 'all' ? (
          <EmptyState title={t('card.timeline.empty')}>{t('card.timeline.emptyText')}</EmptyState>
        ) : null}
      </div>
    </div>
  );
}

function DayLine({
  entry,
  before,
}: {
  readonly entry: TimelineEntry;
  readonly before: TimelineEntry | undefined;
}) {
  const format = useFormat();
  const day = format.date(timeOf(entry));
  if (before && format.date(timeOf(before)) === day) return null;
  return <p className={styles.day}>{day}</p>;
}

/**
 * Opens at the newest and stays there while letters grow to their height; once a person has scrolled up, what they
 * read stays where it is, older pages included.
 */
function useBottom(
  scroller: React.RefObject<HTMLDivElement | null>,
  content: React.RefObject<HTMLDivElement | null>,
  entries: readonly TimelineEntry[] | null,
): void {
  const atBottom = useRef(true);
  const before = useRef({ first: '', height: 0 });
  const loaded = entries !== null;

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return undefined;
    let size = '';
    const sizeNow = (): string => `${box.scrollHeight} ${box.clientHeight}`;
    const onScroll = (): void => {
      // A scroll that comes with another size is the browser's doing, not the person's.
      if (size === sizeNow()) atBottom.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    };
    box.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(() => {
      if (atBottom.current) box.scrollTop = box.scrollHeight;
      size = sizeNow();
    });
    observer.observe(inner);
    observer.observe(box);
    return () => {
      box.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, content, loaded]);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !entries) return;
    const first = entries[0] ? keyOf(entries[0]) : '';
    if (before.current.first !== '' && first !== before.current.first && !atBottom.current) {
      box.scrollBy({ top: box.scrollHeight - before.current.height, behavior: 'instant' });
    }
    before.current = { first, height: box.scrollHeight };
  }, [scroller, entries]);
}
