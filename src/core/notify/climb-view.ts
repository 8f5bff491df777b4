import { withoutCheckCode } from '../../shared/domain/check-code.ts';
import type { ClimbStep, NotificationClimb, SaidBack } from '../../shared/contract/notifications.ts';
import { AppError } from '../../shared/errors.ts';
import { stepEnd } from '../../shared/domain/step-end.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import type { NotificationViewStore } from '../db/notification-view-store.ts';
import type { AnswerRecord } from '../db/reply-store.ts';
import type { NotifyParts } from './parts.ts';

export type ClimbViewParts = Pick<
  NotifyParts,
  'notifications' | 'deliveries' | 'attempts' | 'replies' | 'contacts' | 'people'
> & { readonly view: NotificationViewStore };

/** One notification as it was planned and as it went; every step says why the ladder left it. */
export function climbView(parts: ClimbViewParts, id: number): NotificationClimb {
  const notification = parts.notifications.require(id);
  const [row] = parts.view.rows([id]);
  if (!row) throw new AppError('not-found', { details: { reason: 'notification', id } });
  const { text, code, verbs, round, ladder, chain } = notification;
  const deliveries = parts.deliveries.ofNotification(id);
  const taken = deliveries.map((delivery, index) =>
    takenStep(parts, notification, delivery, deliveries[index + 1]),
  );
  return {
    row,
    text: withoutCheckCode(row.kind, text),
    code,
    verbs: [...verbs],
    files: parts.notifications.files(id),
    round,
    mostRounds: ladder.mostRounds,
    repeatMinutes: ladder.repeatMinutes,
    steps: [...taken, ...notTaken(notification)],
    answers: parts.replies.ofNotification(id).map((answer) => saidBack(parts, answer)),
    chain: parts.view
      .rows(parts.notifications.ofChain(chain).map((member) => member.id))
      .map(({ id: memberId, party, state }) => ({ id: memberId, party, state })),
  };
}

export function saidBack(
  { contacts, people }: Pick<ClimbViewParts, 'contacts' | 'people'>,
  answer: AnswerRecord,
): SaidBack {
  const { id, channel, address, party, verb, text, latitude, longitude, files, at } = answer;
  const name = party && (party.kind === 'contact' ? contacts.find(party.id) : people.find(party.id))?.name;
  return {
    id,
    channel,
    address,
    from: party && name !== undefined ? { ...party, name: name ?? '' } : null,
    verb,
    text,
    place: latitude === null || longitude === null ? null : { latitude, longitude },
    files: [...files],
    at,
  };
}

function takenStep(
  { attempts, replies }: ClimbViewParts,
  { ladder, state, endedAt }: NotificationRecord,
  delivery: DeliveryRecord,
  next: DeliveryRecord | undefined,
): ClimbStep {
  const { id, round, step, channel, address, wroteAt } = delivery;
  const planned = ladder.steps[step] ?? {
    channel,
    address,
    waitFor: 'accepted',
    waitSeconds: 60,
    retries: 0,
  };
  const tried = attempts.of(id);
  const movedAt = next?.dueAt ?? (state === 'not-reached' ? endedAt : null);
  const ended = stepEnd({ ...delivery, waitFor: planned.waitFor, sentAt: wroteAt, movedAt, endedAt });
  return {
    deliveryId: id,
    round,
    step,
    planned,
    address,
    state: delivery.state,
    dueAt: delivery.dueAt,
    sentAt: wroteAt,
    acceptedAt: delivery.acceptedAt,
    deliveredAt: delivery.deliveredAt,
    readAt: delivery.readAt,
    acknowledgedAt: delivery.acknowledgedAt,
    failedAt: delivery.failedAt,
    routeName: tried.at(-1)?.routeName ?? null,
    providerId: delivery.providerId,
    providerStatus: delivery.providerStatus,
    cost: delivery.cost,
    segments: delivery.segments,
    errorCode: delivery.errorCode,
    errorDetail: delivery.errorDetail,
    end: ended.end,
    endAt: ended.at,
    attempts: tried.map(
      ({ deliveryId: _delivery, routeId: _route, providerId: _provider, ...attempt }) => attempt,
    ),
    receipts: replies.receipts(id).map(({ status, raw, at, takenAt }) => ({ status, raw, at, takenAt })),
  };
}

/** What the plan has besides, of the round it has come to. */
function notTaken({ ladder, round, step }: NotificationRecord): ClimbStep[] {
  return ladder.steps.flatMap((planned, index) =>
    index <= step ? [] : [{ ...nothingYet, round, step: index, planned, attempts: [], receipts: [] }],
  );
}

const nothingYet = {
  deliveryId: null,
  address: '',
  state: null,
  dueAt: null,
  sentAt: null,
  acceptedAt: null,
  deliveredAt: null,
  readAt: null,
  acknowledgedAt: null,
  failedAt: null,
  routeName: null,
  providerId: null,
  providerStatus: null,
  cost: null,
  segments: null,
  errorCode: null,
  errorDetail: null,
  end: 'not-taken',
  endAt: null,
} as const;
