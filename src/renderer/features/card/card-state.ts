import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import type { JournalView, MessageView } from '../../../shared/contract/incidents.ts';
import type { AppError } from '../../../shared/errors.ts';

export type CardData = z.infer<PultContract['incidents']['card']['output']>;
export type TimelineEntry = MessageView | JournalView;

export type CardState = {
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly error: AppError | null;
  readonly card: CardData | null;
  /** Oldest first; null until the first page is here. */
  readonly entries: readonly TimelineEntry[] | null;
  readonly more: boolean;
  readonly loadingOlder: boolean;
};

export const emptyCard: CardState = {
  status: 'loading',
  error: null,
  card: null,
  entries: null,
  more: false,
  loadingOlder: false,
};

/** What the page must know of a card to offer the right way to answer. */
export type AnswerContext = {
  /** How the other side was heard from last; null before anything was said. */
  readonly latest: MessageView['channel'] | null;
  /** There is somebody to write a letter to. */
  readonly hasMail: boolean;
};

export function answerContext({ card, entries }: CardState): AnswerContext {
  return {
    latest: latestMessage(entries)?.channel ?? null,
    hasMail:
      (card?.applicantAddress.includes('@') ?? false) ||
      (entries ?? []).some((entry) => entry.kind === 'message' && entry.channel === 'mail'),
  };
}

/** The last a person of the other side said; what machines send is no voice. */
export function latestMessage(entries: CardState['entries']): MessageView | undefined {
  const messages = (entries ?? []).filter((entry) => entry.kind === 'message');
  return (
    messages.findLast(({ direction, automatic }) => direction === 'in' && automatic === null) ??
    messages.at(-1)
  );
}

export function timeOf(entry: TimelineEntry): number {
  if (entry.kind === 'event') return entry.at;
  return entry.direction === 'in' ? entry.receivedAt : entry.sentAt;
}

export function keyOf(entry: TimelineEntry): string {
  return entry.kind === 'event' ? `e${entry.sequence}` : `m${entry.id}`;
}

/**
 * The newest page read again: it replaces its stretch of time, so that what left (a letter moved away) is gone, and
 * older pages stay.
 */
export function withNewest(
  entries: readonly TimelineEntry[] | null,
  newest: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const first = newest[0];
  if (!entries || !first) return newest;
  const from = timeOf(first);
  const known = new Set(newest.map(keyOf));
  const older = entries.filter((entry) => timeOf(entry) < from && !known.has(keyOf(entry)));
  return [...older, ...newest];
}

/** A page of older entries before those at hand; the border may be read twice. */
export function withOlder(
  entries: readonly TimelineEntry[],
  older: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const known = new Set(entries.map(keyOf));
  return [...older.filter((entry) => !known.has(keyOf(entry))), ...entries];
}
