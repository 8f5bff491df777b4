import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { acknowledgeReachAlarms } from '../../notify/reach-alarms.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function reachAlarmsHandlers({
  notices,
}: DeskParts): Pick<Handlers<PultContract, Context>, 'reachAlarms'> {
  return {
    reachAlarms: {
      sounding: () => ({ alarms: notices.reachAlarms.sounding() }),
      hush({ ids }, context) {
        acknowledgeReachAlarms(notices, ids, actorOf(context));
        return {};
      },
    },
  };
}
