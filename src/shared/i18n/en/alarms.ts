import type { alarms as ru } from '../ru/alarms.ts';
import type { Words } from '../words.ts';

export const alarms: Words<typeof ru> = {
  label: 'Alarms',
  kinds: {
    new: 'New',
    'at-risk': 'At risk',
    overdue: 'Overdue',
    'late-letter': 'Letter after closing',
    reopened: 'Reopened',
    warning: 'Deadline is near',
    escalated: 'Nobody acknowledged',
    woke: 'Waits for a decision again',
    reminder: 'Reminder',
    mention: 'Mention',
    flood: 'Flood of incidents',
    silence: 'Channel is silent',
    handover: 'Hand-over not taken',
  },
  acknowledge: 'Acknowledge',
  acknowledgeAll: 'Acknowledge all',
  more_one: 'and {{count}} more',
  more_other: 'and {{count}} more',
  acknowledged_one: '{{count}} alarm acknowledged',
  acknowledged_other: '{{count}} alarms acknowledged',
  spoken: '{{kind}}: {{code}} {{title}}',
  handover: 'the hand-over of {{name}} waits',
  answered: '{{name}} answered the alarm of {{code}}',
  pageTitle: '({{count}}) {{product}}',
};
