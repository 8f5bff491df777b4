import type { Stores } from './compose-stores.ts';
import type { IncidentParts } from './incidents/parts.ts';
import type { MailService } from './mail/mail-service.ts';
import type { Logger } from './platform/logger.ts';
import type { ChannelState, ShiftParts } from './shift/parts.ts';
import { createShiftDesk } from './shift/shift-desk.ts';
import { createShiftSettings } from './shift/shift-settings.ts';
import { createShiftWatch } from './shift/shift-watch.ts';
import { createSilenceWatch } from './shift/silence-watch.ts';
import type { TelegramService } from './telegram/telegram-service.ts';

type Parts = {
  readonly desk: IncidentParts;
  readonly stores: Stores;
  readonly mail: Pick<MailService, 'mailboxes'>;
  readonly telegram: Pick<TelegramService, 'accounts'>;
  readonly log: Logger;
};

/** Coming and going, hand-overs, and channels that fall silent. */
export function composeShift({ desk, stores, mail, telegram, log }: Parts) {
  const { db, journal } = desk;
  const parts: ShiftParts = {
    ...desk,
    handovers: stores.handovers,
    work: stores.shiftWork,
    silences: stores.silences,
    shiftSettings: createShiftSettings({ db, store: stores.settings, journal }),
    channels: () => [
      ...mail.mailboxes().map((box) => channelOf('mail', box)),
      ...telegram.accounts().map((account) => channelOf('telegram', account)),
    ],
    quarantined: () => stores.raw.quarantinedCount(),
  };
  const silence = createSilenceWatch(parts, log);
  return {
    shift: createShiftDesk(parts, silence),
    services: [createShiftWatch(parts, log), silence],
    parts,
  };
}

function channelOf(
  kind: ChannelState['kind'],
  { accountId, name, health }: Pick<ChannelState, 'accountId' | 'name' | 'health'>,
): ChannelState {
  return { source: `${kind}:${accountId}`, kind, accountId, name, health };
}
