import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function accountHandlers(parts: DeskParts): Pick<Handlers<PultContract, Context>, 'accounts'> {
  const { accounts, mail, outboxRunner, testAccount, secrets, oauth } = parts;
  return {
    accounts: {
      list: () => {
        const { accounts: list, presets } = accounts.list();
        return {
          accounts: [...list],
          presets: presets.map((preset) => ({ ...preset, domains: [...preset.domains] })),
        };
      },
      async test({ settings, password, id, signInId }) {
        if (signInId !== null) {
          return testAccount(settings, { accessToken: oauth.signIns.peek(signInId).tokens.accessToken });
        }
        if (password !== null) return testAccount(settings, { password });
        if (id === null) throw new AppError('invalid-input', { details: { reason: 'password-missing' } });
        return testAccount(settings, await secrets.of(id));
      },
      async save({ signInId, ...input }, context) {
        const grant = signInId === null ? undefined : oauth.signIns.peek(signInId);
        const saved = accounts.save({ ...input, grant }, actorOf(context));
        if (signInId !== null) oauth.signIns.take(signInId);
        outboxRunner.retryAccount('mail', saved.id);
        return saved;
      },
      async checkNow({ id }, context) {
        for (const account of accounts.list().accounts) {
          if (id === null || account.id === id) accounts.resume(account.id, actorOf(context));
        }
        mail.checkNow(id);
        outboxRunner.wake();
        return {};
      },
      remove({ id }, context) {
        accounts.remove(id, actorOf(context));
        return {};
      },
    },
  };
}
