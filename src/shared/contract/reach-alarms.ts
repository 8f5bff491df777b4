import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { done, empty, id, time } from './common.ts';

const reachAlarmKinds = [
  'not-reached',
  'unknown',
  'declined',
  'nobody-left',
  'call-overdue',
  'call-answer',
] as const;

const reachAlarm = z.object({
  id,
  kind: z.enum(reachAlarmKinds),
  raisedAt: time,
  notificationId: id.nullable(),
  callId: id.nullable(),
  incidentId: id.nullable(),
  /** Of the incident; empty without one. */
  code: z.string(),
  /** Of the call. */
  number: z.int().nullable(),
  /** Whom it is about. */
  name: z.string(),
});
export type ReachAlarmView = z.infer<typeof reachAlarm>;

/** What the dispatcher must hear about reaching people. */
export const reachAlarmsContract = {
  /** The oldest 200. */
  sounding: query(empty, z.object({ alarms: z.array(reachAlarm) })),
  hush: command(z.strictObject({ ids: z.array(id).min(1).max(200) }), done),
} as const;
