import type { RouteRecord } from '../db/route-store.ts';
import type { NotifyParts } from './parts.ts';
import type { RouteInbox } from './route-driver.ts';

/** A place that moves is no new answer: nothing sounds, and only where they are changes. */
export function takeMove(
  { db, replies, effects }: NotifyParts,
  { id, channel }: RouteRecord,
  { eventId, ...place }: Parameters<RouteInbox['moved']>[0],
): void {
  db.transact((revision) => {
    const callId = replies.movedTo(channel, id, eventId, { ...place, revision });
    if (callId === undefined) return;
    db.touch('notification');
    if (callId !== null) effects().moved?.(callId, place);
  });
}
