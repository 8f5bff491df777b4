import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function accountHandlers(parts: DeskParts): Pick<Handlers<PultContract, Context>, 'accounts'> {
  const { accounts, mail, outboxRunner, testAccount } = parts;
  return {
    accounts: {
      list: () => {
        const { accounts: list, presets } = accounts.list();
        return {
          accounts: [...list],
          presets: presets.map((preset) => ({ ...preset, domains: [...preset.domains] })),
        };
      },
      async test({ settings, password, id }) {
        const known = password ?? (id === null ? null : accounts.password(id));
        if (known === null) throw new AppError('invalid-input', { details: { reason: 'password-missing' } });
        return testAccount(settings, known);
      },
      async save(input, context) {
        const saved = accounts.save(input, actorOf(context));
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
