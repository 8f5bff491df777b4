import type { Ladder } from '../../shared/contract/ladders.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import { hasCome } from './climb.ts';
import { passOn } from './insert-notification.ts';
import type { NotifyParts } from './parts.ts';
import { acknowledgeReachAlarms, raiseReachAlarm } from './reach-alarms.ts';

/** The ladder has nothing more to do; without success the next one is told, and the dispatcher hears of it. */
export function endNotification(
  parts: NotifyParts,
  notification: NotificationRecord,
  state: 'reached' | 'not-reached',
): void {
  const { revision } = notification;
  const ended = {
    ...notification,
    state,
    heldBy: null,
    dueAt: null,
    endedAt: notification.endedAt ?? parts.clock.now(),
  };
  parts.notifications.save(ended);
  parts.db.touch('notification', ended.incidentId ?? undefined);
  if (state === 'reached') {
    acknowledgeReachAlarms(parts, parts.reachAlarms.soundingOfChain(ended.chain), null);
  } else {
    // Of a call its own room tells the dispatcher, when nobody is left to ask.
    if (ended.kind !== 'call') raiseReachAlarm(parts, 'not-reached', aboutOf(ended), revision);
    callNext(parts, ended, revision);
  }
  parts.effects().ended(ended, revision);
}

/** A receipt that comes when everything was given up: they were reached after all. */
export function reachAfterAll(parts: NotifyParts, id: number, revision: number): void {
  const notification = parts.notifications.require(id);
  if (notification.state !== 'not-reached') return;
  const hasArrived = parts.deliveries.ofNotification(id).some((delivery) => hasCome(notification, delivery));
  if (hasArrived) endNotification(parts, { ...notification, revision }, 'reached');
}

/** What had come is known to be lost, as a letter that is returned: nobody was reached by it, so the ladder goes on. */
export function loseAfterAll(parts: NotifyParts, id: number, revision: number): void {
  const notification = parts.notifications.require(id);
  if (notification.state !== 'reached') return;
  const hasArrived = parts.deliveries.ofNotification(id).some((delivery) => hasCome(notification, delivery));
  if (hasArrived) return;
  parts.notifications.save({ ...notification, state: 'climbing', endedAt: null, revision });
  parts.db.touch('notification', notification.incidentId ?? undefined);
}

export function aboutOf({ id, callId, incidentId }: NotificationRecord) {
  return { notificationId: id, callId, incidentId };
}

/** False: nobody is left to tell. */
export function callNext(parts: NotifyParts, notification: NotificationRecord, revision: number): boolean {
  const { next, passesOn } = notification.ladder;
  if (!passesOn || next === null) return false;
  const told = new Set(parts.notifications.ofChain(notification.chain).map(({ party }) => keyOf(party)));
  const fresh = (party: Party) => !told.has(keyOf(party)) && isThere(parts, party);
  if (next.kind !== 'group') {
    const party: Party = { kind: next.kind, id: next.id };
    if (!fresh(party)) return false;
    passOn(parts, notification, party, undefined, revision);
    return true;
  }
  if (parts.parties.findGroup(next.id)?.active !== 1) return false;
  const [first, ...rest] = parts.parties.members(next.id).filter(fresh);
  if (!first) return false;
  // One after another: the rest of the group comes before whoever the member's own ladder names.
  const after: Ladder['next'] | undefined = rest.length > 0 ? next : undefined;
  passOn(parts, notification, first, after, revision);
  return true;
}

/** They are still of the firm, or of the desk. */
export function isThere({ contacts, people }: NotifyParts, { kind, id }: Party): boolean {
  return kind === 'contact' ? contacts.find(id)?.active === true : people.find(id)?.active === 1;
}

function keyOf(party: Party | null): string {
  return party ? `${party.kind} ${party.id}` : '';
}
