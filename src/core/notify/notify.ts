import { climbOn } from './climb-on.ts';
import { insertNotification, type NotifyInput } from './insert-notification.ts';
import type { NotifyParts } from './parts.ts';

/** Sets somebody's ladder going inside the caller's transaction; its first message may leave as soon as it commits. */
export function notify(parts: NotifyParts, input: NotifyInput, revision: number): number {
  const id = insertNotification(parts, input, revision);
  climbOn(parts, id, revision);
  return id;
}
