import type { NotificationFilter } from '../../src/shared/contract/notifications.ts';

/** A filter of the list of notifications that lets everything through but what a test says. */
export function noticeFilterOf(part: Partial<NotificationFilter> = {}): NotificationFilter {
  return {
    states: [],
    channels: [],
    urgencies: [],
    party: null,
    incidentId: null,
    callId: null,
    from: null,
    before: null,
    text: '',
    unknown: false,
    ...part,
  };
}
