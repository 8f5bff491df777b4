import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import {
  listRoutes,
  orderRoutes,
  removeRoute,
  saveRoute,
  setRouteEnabled,
  testRoute,
} from '../../notify/route-desk.ts';
import { sendTrial } from '../../notify/trial-message.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'routes'>;

export function routesHandlers({ reach: { routes } }: DeskParts): Groups {
  return {
    routes: {
      list: () => ({ routes: listRoutes(routes) }),
      save: (input, context) => saveRoute(routes, input, actorOf(context)),
      setEnabled: (input, context) => setRouteEnabled(routes, input, actorOf(context)),
      order: (input, context) => orderRoutes(routes, input, actorOf(context)),
      remove({ id }, context) {
        removeRoute(routes, id, actorOf(context));
        return {};
      },
      test: (input, { signal }) => testRoute(routes, input, signal),
      trial: (input, context) => sendTrial(routes, input, actorOf(context), context.signal),
    },
  };
}
