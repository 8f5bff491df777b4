import type { StoredFile } from '../../shared/contract/common.ts';
import type { Ladder } from '../../shared/contract/ladders.ts';
import type { AnswerVerb, Party, ReachChannel, Urgency } from '../../shared/domain/reaching.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { ClimbedLadder, NotificationKind, NotificationRecord } from '../db/notification-store.ts';
import { makeAnswerCode } from './answer-words.ts';
import type { NotifyParts } from './parts.ts';

export type NotifyInput = {
  readonly to: Party;
  readonly kind: NotificationKind;
  readonly incidentId?: number | null | undefined;
  readonly callId?: number | null | undefined;
  readonly urgency: Urgency;
  readonly title: string;
  readonly text: string;
  /** What it may be answered by; empty when nothing is asked. */
  readonly verbs: readonly AnswerVerb[];
  readonly files?: readonly StoredFile[] | undefined;
  readonly createdBy: number | null;
  /** false: the caller decides who is next, so the ladder's own next one is not called. */
  readonly passesOn: boolean;
  /** Only by this channel, such as the one they last answered by. */
  readonly only?: ReachChannel | undefined;
  /** With `only`: there and nowhere else. */
  readonly address?: string | undefined;
};

/** The next one is told the same; both stay one chain, so that whoever answers stops the other. */
export function passOn(
  parts: NotifyParts,
  previous: NotificationRecord,
  to: Party,
  next: Ladder['next'] | undefined,
  revision: number,
): number {
  const { kind, incidentId, callId, urgency, title, text, verbs, createdBy, id } = previous;
  const files = parts.notifications.files(id);
  const input = {
    to,
    kind,
    incidentId,
    callId,
    urgency,
    title,
    text,
    verbs,
    files,
    createdBy,
    passesOn: true,
  };
  return insertNotification(parts, input, revision, { previous, next });
}

type PassedOn = {
  readonly previous: NotificationRecord;
  /** Who is next instead of whom their own ladder names. */
  readonly next: Ladder['next'] | undefined;
};

/** A ladder that is due at once; whoever inserts it, or the watch, takes its first step. */
export function insertNotification(
  parts: NotifyParts,
  input: NotifyInput,
  revision: number,
  passedOn?: PassedOn,
): number {
  const now = parts.clock.now();
  const uuid = uuidv7(now, parts.random.bytes(10));
  const ladder = ladderFor(parts, input);
  const record: Omit<NotificationRecord, 'id'> = {
    uuid,
    previousId: passedOn?.previous.id ?? null,
    chain: passedOn?.previous.chain ?? uuid,
    kind: input.kind,
    incidentId: input.incidentId ?? null,
    callId: input.callId ?? null,
    party: input.to,
    urgency: input.urgency,
    title: input.title,
    text: input.text,
    code: freeCode(parts),
    verbs: input.verbs,
    state: 'waiting',
    heldBy: null,
    bundleId: null,
    dueAt: now,
    round: 1,
    step: -1,
    ladder: passedOn?.next === undefined ? ladder : { ...ladder, next: passedOn.next },
    createdBy: input.createdBy,
    createdAt: now,
    startedAt: null,
    endedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    revision,
  };
  const id = parts.notifications.insert(record, input.files ?? []);
  parts.db.touch('notification', record.incidentId ?? undefined);
  return id;
}

/** Their own, or everybody's; narrowed to one channel when only that is meant. */
function ladderFor(parts: NotifyParts, input: NotifyInput): ClimbedLadder {
  const { to, kind, urgency, passesOn, only, address } = input;
  const found = parts.ladders.of(to, urgency) ?? parts.ladders.of(null, urgency);
  // Nobody acknowledges a line of a conversation: waited for that, it would go out by every channel and again.
  const isLine = kind === 'chat';
  const steps = found?.steps ?? [];
  const whole: ClimbedLadder = {
    steps: isLine ? steps.map((step) => ({ ...step, waitFor: 'accepted' })) : steps,
    repeatMinutes: isLine ? null : (found?.repeatMinutes ?? null),
    mostRounds: found?.mostRounds ?? 1,
    next: passesOn ? (found?.next ?? null) : null,
    passesOn,
  };
  if (only === undefined) return whole;
  const step = {
    channel: only,
    address: address ?? '',
    waitFor: 'accepted',
    waitSeconds: 60,
    retries: 2,
  } as const;
  const own = address === undefined ? whole.steps.filter(({ channel }) => channel === only) : [];
  return { ...whole, steps: own.length === 0 ? [step] : own };
}

function freeCode({ notifications, random }: NotifyParts): string {
  for (;;) {
    const code = makeAnswerCode((count) => random.bytes(count));
    if (!notifications.byCode(code)) return code;
  }
}
