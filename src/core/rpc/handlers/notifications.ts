import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'notifications'>;

export function notificationsHandlers(_parts: DeskParts): Groups {
  const later = (): never => {
    throw new AppError('unavailable');
  };
  return {
    notifications: {
      list: later,
      rows: later,
      climb: later,
      ofIncident: () => ({ climbs: [], more: 0 }),
      counts: () => ({ open: 0, unknown: 0, alarms: 0, answers: 0 }),
      compose: later,
      resend: later,
      cancel: later,
      acknowledge: later,
      settle: later,
      templates: () => ({ templates: [] }),
      saveTemplate: later,
      removeTemplate: later,
      render: later,
      strays: () => ({ answers: [], next: null }),
      placeStray: later,
      dismissStray: later,
      startExport: later,
    },
  };
}
