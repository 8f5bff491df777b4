import type {
  ClimbStep,
  NotificationClimb,
  NotificationRow,
} from '../../src/shared/contract/notifications.ts';

/** 03:00 of Moscow. */
export const nightAt = Date.UTC(2026, 2, 4, 0, 0, 0);
const minuteMs = 60_000;

export function noticeRow(part: Partial<NotificationRow> & { readonly id: number }): NotificationRow {
  return {
    kind: 'composed',
    urgency: 'critical',
    title: 'PLT-1042 Нет питания',
    text: 'Мачта КА0412 погасла, выезжайте',
    state: 'acknowledged',
    heldBy: null,
    party: { kind: 'contact', id: 5, name: 'Олег Самойлов' },
    incident: { id: 7, code: 'PLT-1042' },
    call: null,
    createdAt: nightAt + 2 * minuteMs,
    createdBy: null,
    startedAt: nightAt + 2 * minuteMs,
    endedAt: nightAt + 14 * minuteMs,
    dueAt: null,
    acknowledgedAt: nightAt + 14 * minuteMs,
    acknowledgedBy: 'sms',
    steps: [
      { channel: 'telegram', state: 'read', at: nightAt + 3 * minuteMs },
      { channel: 'email', state: 'failed', at: nightAt + 7 * minuteMs },
      { channel: 'sms', state: 'acknowledged', at: nightAt + 14 * minuteMs },
    ],
    ladderLength: 3,
    cost: 640,
    previousId: null,
    nextId: null,
    ...part,
  };
}

const untaken: ClimbStep = {
  deliveryId: null,
  round: 1,
  step: 0,
  planned: { channel: 'telegram', address: '', waitFor: 'acknowledged', waitSeconds: 300, retries: 0 },
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
  attempts: [],
  receipts: [],
};

export const climbStep = (part: Partial<ClimbStep>): ClimbStep => ({ ...untaken, ...part });

/** Telegram was read and not answered, e-mail was refused, the SMS brought him. */
export function nightClimb(row: Partial<NotificationRow> = {}): NotificationClimb {
  const shown = noticeRow({ id: 41, ...row });
  const at = (minutes: number, seconds = 0): number => nightAt + minutes * minuteMs + seconds * 1000;
  return {
    row: shown,
    text: shown.text,
    code: 'K7F2',
    verbs: ['accepted', 'cannot'],
    files: [],
    round: 1,
    mostRounds: 1,
    repeatMinutes: null,
    steps: [
      climbStep({
        deliveryId: 1,
        address: '77',
        state: 'read',
        dueAt: at(2),
        sentAt: at(2, 1),
        acceptedAt: at(2, 2),
        readAt: at(3),
        routeName: 'Бот смены',
        providerId: '9001',
        providerStatus: 'read',
        end: 'no-acknowledgement',
        endAt: at(7),
        attempts: [tried(1, 'Бот смены', at(2), 'accepted')],
        receipts: [{ status: 'read', raw: 'seen', at: at(3), takenAt: at(3, 30) }],
      }),
      climbStep({
        deliveryId: 2,
        step: 1,
        planned: { ...untaken.planned, channel: 'email', waitFor: 'delivered' },
        address: 'oleg@crew.example',
        state: 'failed',
        dueAt: at(7),
        failedAt: at(7, 3),
        routeName: 'Почта смены',
        errorCode: 'address-refused',
        errorDetail: '550 5.1.1 no such user',
        end: 'failed',
        endAt: at(7, 3),
        attempts: [tried(2, 'Почта смены', at(7), 'refused', '550 5.1.1 no such user')],
      }),
      climbStep({
        deliveryId: 3,
        step: 2,
        planned: { ...untaken.planned, channel: 'sms', retries: 2 },
        address: '+79005550102',
        state: 'acknowledged',
        dueAt: at(12),
        sentAt: at(12, 1),
        acceptedAt: at(12, 2),
        deliveredAt: at(12, 9),
        acknowledgedAt: at(14),
        routeName: 'SMSAero',
        providerId: '550123',
        providerStatus: 'delivered (1)',
        cost: 640,
        segments: 2,
        end: 'came',
        endAt: at(14),
        attempts: [tried(3, 'SMSAero', at(12), 'accepted')],
        receipts: [{ status: 'delivered', raw: 'delivered (1)', at: at(12, 9), takenAt: at(12, 10) }],
      }),
    ],
    answers: [
      {
        id: 1,
        channel: 'sms',
        address: '+79005550102',
        from: shown.party,
        verb: 'accepted',
        text: 'принял, еду',
        place: null,
        files: [],
        at: at(14),
      },
    ],
    chain: [{ id: shown.id, party: shown.party, state: shown.state }],
  };
}

function tried(
  id: number,
  routeName: string,
  startedAt: number,
  outcome: 'accepted' | 'refused',
  detail = 'ok',
): ClimbStep['attempts'][number] {
  return {
    id,
    routeName,
    startedAt,
    wroteAt: startedAt,
    endedAt: startedAt + 800,
    outcome,
    code: outcome === 'refused' ? 'address-refused' : null,
    detail,
    cost: 0,
    segments: null,
  };
}
