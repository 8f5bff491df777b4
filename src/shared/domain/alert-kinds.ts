/** What an administrator is told about outside the desk; each has words under `keeping.alerts.kind`. */
export const alertKinds = [
  'backup-failed',
  'disk-low',
  'channel-dead',
  'quarantine-grows',
  'journal-broken',
  'clock-wrong',
  'unclean-start',
  'secrets-locked',
] as const;

export type AlertKind = (typeof alertKinds)[number];
