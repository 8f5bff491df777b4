import type { HandoverStore } from '../db/handover-store.ts';
import type { ShiftWorkStore } from '../db/shift-work-store.ts';
import type { SilenceStore } from '../db/silence-store.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import type { Health } from '../platform/service.ts';
import type { ShiftDeskSettings } from './shift-settings.ts';

/** One way by which messages come, and how it is. */
export type ChannelState = {
  /** `mail:3`, `telegram:1`. */
  readonly source: string;
  readonly kind: 'mail' | 'telegram';
  readonly accountId: number;
  readonly name: string;
  readonly health: Health;
};

export type ShiftParts = IncidentParts & {
  readonly handovers: HandoverStore;
  readonly work: ShiftWorkStore;
  readonly silences: SilenceStore;
  readonly shiftSettings: ShiftDeskSettings;
  readonly channels: () => readonly ChannelState[];
  readonly quarantined: () => number;
};
