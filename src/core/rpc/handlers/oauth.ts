import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function oauthHandlers(parts: DeskParts): Pick<Handlers<PultContract, Context>, 'oauth'> {
  const { clients, signIns } = parts.oauth;
  return {
    oauth: {
      clients: () => ({ clients: clients.list() }),
      saveClient(input, context) {
        clients.save(input, actorOf(context));
        return {};
      },
      async begin({ accountId, ...input }, context) {
        const actor = actorOf(context);
        const onGrant =
          accountId === null
            ? undefined
            : (grant: Parameters<DeskParts['accounts']['granted']>[1]) => {
                parts.accounts.granted(accountId, grant, actor);
                parts.outboxRunner.retryAccount('mail', accountId);
              };
        return { signIn: await signIns.begin({ ...input, onGrant }) };
      },
      state: ({ id }) => ({ signIn: signIns.state(id) ?? null }),
      cancel({ id }) {
        signIns.cancel(id);
        return {};
      },
    },
  };
}
