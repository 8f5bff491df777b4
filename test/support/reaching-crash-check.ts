import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { checkAnswers, checkMoney } from './reaching-crash-books.ts';
import { explainState } from './reaching-crash-explain.ts';
import {
  type AnswerRow,
  type AttemptRow,
  type DeliveryRow,
  type NotificationRow,
  readReaching,
  type ReachRows,
} from './reaching-crash-rows.ts';
import type { Composed } from './reaching-crash-desk.ts';
import type { Book } from './reaching-crash-world.ts';

type Counts = Readonly<Record<string, number>>;

export type ReachFindings = {
  /** Each a broken promise, in words; none is the only good number. */
  readonly problems: readonly string[];
  readonly notifications: Counts & { readonly composed: number };
  readonly deliveries: Counts;
  readonly attempts: Counts;
  readonly services: Counts;
  /** Hundredths. */
  readonly money: Counts;
  readonly alarms: Counts;
};

/** What a kill left, seen on a copy, so that the host meets its files as they are. */
export function inspectReaching(db: string, copy: string, book: Book) {
  for (const end of ['', '-wal']) if (existsSync(db + end)) copyFileSync(db + end, copy + end);
  const file = new Database(copy);
  try {
    const rows = readReaching(file);
    const letGo = rows.deliveries.filter(({ state, wroteAt }) => state === 'sending' && wroteAt !== null);
    const there = letGo.filter(
      (delivery) => timesAtService(rows, delivery, book) > leftBefore(rows, delivery),
    );
    const isSound = file.pragma('integrity_check', { simple: true }) === 'ok';
    return { isSound, there: there.length, notThere: letGo.length - there.length };
  } finally {
    file.close();
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }
}

/** How many ladders and messages have not come to their end. */
export function countOpen(db: string): number {
  return count(
    db,
    `SELECT (SELECT count(*) FROM notification WHERE state IN ('waiting', 'climbing'))
      + (SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending'))`,
  );
}

/** How many letters of people the desk has taken for answers. */
export function countReplies(db: string): number {
  return count(db, "SELECT count(*) FROM answer WHERE channel = 'email'");
}

function count(db: string, sql: string): number {
  const file = new Database(db, { readonly: true });
  try {
    return file.prepare<[], number>(sql).pluck().get() ?? 0;
  } finally {
    file.close();
  }
}

/** Compares a desk at rest with the services' own books; each broken promise in words. */
export function checkReached(
  db: string,
  book: Book,
  composed: readonly Composed[],
  dailyLimit = Number.POSITIVE_INFINITY,
): ReachFindings {
  const file = new Database(db, { readonly: true });
  try {
    const rows = readReaching(file);
    return {
      problems: [
        ...checkNotifications(rows, composed),
        ...rows.deliveries.flatMap((delivery) => checkDelivery(rows, delivery, book)),
        ...checkAnswers(rows, book),
        ...checkMoney(book, dailyLimit),
        ...checkTidy(file),
      ],
      notifications: {
        composed: rows.notifications.filter(({ previousId }) => previousId === null).length,
        'passed on': rows.notifications.filter(({ previousId }) => previousId !== null).length,
        ...countBy(rows.notifications.map(({ state }) => state)),
      },
      deliveries: countBy(rows.deliveries.map(({ channel, state }) => `${channel} ${state}`)),
      attempts: countBy(rows.attempts.map(({ outcome }) => outcome ?? 'open')),
      services: {
        'bot messages': book.botMessages.length,
        letters: book.letters.length,
        SMS: book.sms.length,
        presses: book.presses.length,
        replies: book.replies.length,
        bounces: book.bounced.length,
        'automatic replies': book.automatic,
      },
      money: {
        limit: dailyLimit,
        'by the gateway': book.sms.reduce((sum, { cost }) => sum + cost, 0),
        'by the desk': rows.attempts.reduce((sum, { cost }) => sum + cost, 0),
        'attempts without money': rows.attempts.filter(({ code }) => code === 'money-limit').length,
      },
      alarms: countBy(rows.alarms.map(({ kind }) => kind)),
    };
  } finally {
    file.close();
  }
}

function countBy(names: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Everybody was reached, or an alarm says they were not. */
function checkNotifications(rows: ReachRows, composed: readonly Composed[]): string[] {
  const problems: string[] = [];
  for (const { text, to } of composed) {
    for (const { id } of to) {
      const times = rows.notifications.filter(
        (row) => row.text === text && row.contactId === id && row.previousId === null,
      ).length;
      if (times !== 1) problems.push(`${times} notifications of "${text.slice(0, 20)}" to ${id}`);
    }
  }
  for (const notification of rows.notifications) {
    const broken = brokenPromise(rows, notification);
    if (broken !== undefined)
      problems.push(`notification ${notification.id} (${notification.state}): ${broken}`);
  }
  return problems;
}

function brokenPromise(rows: ReachRows, notification: NotificationRow): string | undefined {
  const { id, state, chain } = notification;
  const answers = rows.answers.filter(({ notificationId, verb }) => notificationId === id && verb !== null);
  const alarms = rows.alarms.filter(({ notificationId }) => notificationId === id);
  const hasArrived = rows.deliveries.some(
    (delivery) => delivery.notificationId === id && cameAsAwaited(notification, delivery),
  );
  switch (state) {
    case 'acknowledged':
      return answers.length === 0 ? 'nobody answered it' : refusal(rows, notification, answers);
    case 'reached':
      return hasArrived ? undefined : 'nothing of it has come';
    case 'not-reached':
      if (hasArrived) return 'it has come after all';
      return alarms.some(({ kind }) => kind === 'not-reached') ? undefined : 'nobody was told';
    case 'cancelled': {
      const others = rows.notifications.filter((other) => other.chain === chain);
      return others.some((other) => other.state === 'acknowledged') ? undefined : 'nobody took it over';
    }
    default:
      return 'it has not ended';
  }
}

/** Whoever cannot come is replaced, or the dispatcher hears of it. */
function refusal(
  { notifications, alarms }: ReachRows,
  { id }: NotificationRow,
  answers: readonly AnswerRow[],
): string | undefined {
  if (answers[0]?.verb !== 'cannot') return undefined;
  const isPassedOn = notifications.some(({ previousId }) => previousId === id);
  const isTold = alarms.some(({ notificationId, kind }) => notificationId === id && kind === 'declined');
  return isPassedOn || isTold ? undefined : 'it was declined, and nobody was told';
}

const order: readonly string[] = ['accepted', 'delivered', 'read', 'acknowledged'];

function cameAsAwaited({ ladder }: NotificationRow, { step, state }: DeliveryRow): boolean {
  const waitFor = ladder.steps[step]?.waitFor;
  return waitFor !== undefined && order.indexOf(state) >= order.indexOf(waitFor);
}

/** At most one message left for a step, the service's book says the same, and its state follows from its rows. */
function checkDelivery(rows: ReachRows, delivery: DeliveryRow, book: Book): string[] {
  const { id, channel, state, leaseUntil, notificationId } = delivery;
  const attempts = attemptsOf(rows, id);
  const says = (what: string) =>
    `delivery ${id} (${channel}, ${state}, notification ${notificationId}): ${what}`;
  const problems: string[] = [];
  const left = attempts.filter(hasLeft);
  if (left.length > 1) problems.push(says(`left ${left.length} times by its attempts`));
  if (leaseUntil !== null) problems.push(says('still on a lease'));
  for (const { endedAt, outcome } of attempts) {
    if (endedAt === null || outcome === null) problems.push(says('an attempt without an end'));
  }
  const steps = rows.deliveries.filter((other) => isSameMessage(rows, delivery, other));
  const tries = steps.flatMap((other) => attemptsOf(rows, other.id));
  const accepted = tries.filter(({ outcome }) => outcome === 'accepted').length;
  const letGo = tries.filter(hasLeft).length;
  const times = timesAtService(rows, delivery, book);
  if (times > steps.length) problems.push(says(`${times} times at the service for ${steps.length} steps`));
  if (times > letGo) problems.push(says(`${times} times at the service, let go ${letGo} times`));
  if (times < accepted) problems.push(says(`${times} times at the service, taken ${accepted} times`));
  const unexplained = explainState(rows, delivery);
  if (unexplained !== undefined) problems.push(says(unexplained));
  const early = tooEarly(rows, delivery);
  if (early !== undefined) problems.push(says(early));
  return problems;
}

function attemptsOf({ attempts }: ReachRows, id: number): readonly AttemptRow[] {
  return attempts.filter(({ deliveryId }) => deliveryId === id);
}

function hasLeft({ outcome }: AttemptRow): boolean {
  return outcome === 'accepted' || outcome === 'unknown';
}

/**
 * Of two rounds the services cannot tell one message from the other, nor the gateway the same words to one number when they
 * were passed on to whoever got them before. A letter is known by the delivery's own name.
 */
function isSameMessage({ notificationById }: ReachRows, one: DeliveryRow, other: DeliveryRow): boolean {
  if (one.channel !== other.channel) return false;
  if (one.channel === 'email') return one.id === other.id;
  if (one.channel === 'telegram') return one.notificationId === other.notificationId;
  const textOf = ({ notificationId }: DeliveryRow) => notificationById.get(notificationId)?.text;
  return one.address === other.address && textOf(one) === textOf(other);
}

/** By the service's own book. */
function timesAtService(
  { notificationById }: ReachRows,
  { channel, uuid, notificationId, address }: DeliveryRow,
  book: Book,
): number {
  const notification = notificationById.get(notificationId);
  if (channel === 'telegram') {
    return book.botMessages.filter(({ code }) => code === notification?.code).length;
  }
  if (channel === 'email') return book.letters.filter(({ messageId }) => messageId.includes(uuid)).length;
  return book.sms.filter(({ number, text }) => text === notification?.text && number === address).length;
}

function leftBefore(rows: ReachRows, delivery: DeliveryRow): number {
  return rows.deliveries
    .filter((other) => other.id !== delivery.id && isSameMessage(rows, delivery, other))
    .flatMap((other) => attemptsOf(rows, other.id))
    .filter(hasLeft).length;
}

/** No step is taken before the one below it has failed or its time is over. */
function tooEarly(rows: ReachRows, { notificationId, round, step, dueAt }: DeliveryRow): string | undefined {
  const ladder = rows.notificationById.get(notificationId)?.ladder;
  const before = rows.deliveries.find(
    (other) => other.notificationId === notificationId && other.round === round && other.step === step - 1,
  );
  if (step === 0) return undefined;
  if (!before) return 'the step below it was left out';
  const waitMs = (ladder?.steps[before.step]?.waitSeconds ?? 0) * 1000;
  const mayPassAt = Math.min(before.failedAt ?? Number.POSITIVE_INFINITY, before.dueAt + waitMs);
  return dueAt < mayPassAt ? `taken ${mayPassAt - dueAt} ms too early` : undefined;
}

function checkTidy(file: Database.Database): string[] {
  const sound = file.pragma('integrity_check', { simple: true });
  const lost = (file.pragma('foreign_key_check') as unknown[]).length;
  return [
    ...(lost > 0 ? [`${lost} rows that point nowhere`] : []),
    ...(sound === 'ok' ? [] : [`integrity_check: ${String(sound)}`]),
  ];
}
