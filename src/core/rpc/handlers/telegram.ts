import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { telegramError } from '../../telegram/telegram-error.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function telegramHandlers({
  telegram,
  training,
}: Pick<DeskParts, 'telegram' | 'training'>): Pick<Handlers<PultContract, Context>, 'telegram'> {
  const phone = training?.telegram;
  return {
    telegram: {
      overview: () => ({
        apiId: telegram.apiId(),
        accounts: telegram.accounts(),
        demo: phone !== undefined,
      }),
      async saveApi({ apiId, apiHash, force }, context) {
        await telegram.saveApi({ id: apiId, hash: apiHash.toLowerCase() }, force, actorOf(context));
        return {};
      },
      signIn: (_, { signal }) => telegram.signIn.states(signal),
      async beginQr(_, context) {
        await telegram.signIn.beginQr(actorOf(context));
        return {};
      },
      async beginPhone({ phone: number }, context) {
        await telegram.signIn.beginPhone(number, actorOf(context));
        return {};
      },
      async resendCode(_, context) {
        await telegram.signIn.resendCode(actorOf(context));
        return {};
      },
      async submitCode({ code }, context) {
        await telegram.signIn.submitCode(code, actorOf(context));
        return {};
      },
      async submitPassword({ password }, context) {
        await telegram.signIn.submitPassword(password, actorOf(context));
        return {};
      },
      async cancelSignIn() {
        await telegram.signIn.cancel();
        return {};
      },
      async logOut({ accountId }, context) {
        return { ended: await telegram.logOut(accountId, actorOf(context)) };
      },
      async reset({ accountId }, context) {
        await telegram.reset(accountId, actorOf(context));
        return {};
      },
      remove({ accountId }, context) {
        telegram.remove(accountId, actorOf(context));
        return {};
      },
      session: ({ accountId }) => telegram.session(accountId),
      attempts: () => ({ attempts: telegram.attempts() }),
      async demoScan(_, { signal }) {
        if (!phone) throw new AppError('denied', { details: { reason: 'training' } });
        for await (const state of telegram.signIn.states(signal)) {
          if (state.step !== 'qr') throw telegramError('no-sign-in');
          await phone.scan(state.url);
          break;
        }
        return {};
      },
    },
  };
}
