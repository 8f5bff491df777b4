import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { accountName } from './account-name.ts';
import { FailureNotice } from './step-parts.tsx';
import { useStepCall } from './use-step-call.ts';

export type Ending = 'log-out' | 'reset' | 'remove';

const words = { 'log-out': 'logOut', reset: 'reset', remove: 'remove' } as const;
const kinds = [] as const;

/** What cannot be taken back says first what it does. A log-out that fails offers to forget the session anyway. */
export function AccountEnding({
  account,
  ending,
  onEnding,
  onNotEnded,
}: {
  readonly account: TelegramAccount;
  readonly ending: Ending;
  readonly onEnding: (ending: Ending | null) => void;
  readonly onNotEnded: (device: string | null) => void;
}) {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const call = useStepCall();
  const device = useDevice(account);
  const name = accountName(account);
  const accountId = account.id;
  const key = words[ending];

  async function end(): Promise<void> {
    if (ending === 'log-out') {
      const answer = await call.run(() => rpc.telegram.logOut({ accountId }));
      if (!answer) return;
      if (answer.ended) toasts.show({ text: t('telegram.account.loggedOut', { name }) });
      else onNotEnded(device);
    } else {
      const reset = ending === 'reset';
      const ended = await call.run(() =>
        reset ? rpc.telegram.reset({ accountId }) : rpc.telegram.remove({ accountId }),
      );
      if (!ended) return;
      toasts.show({ text: t(reset ? 'telegram.account.resetDone' : 'telegram.account.removed', { name }) });
    }
    onEnding(null);
  }

  return (
    <Dialog
      open
      onClose={() => onEnding(null)}
      title={t(`telegram.account.${key}Title`, { name })}
      closeLabel={t('common.close')}
      width={540}
      footer={
        <>
          {ending === 'log-out' && call.failure ? (
            <Button kind="danger" onClick={() => onEnding('reset')}>
              {t('telegram.account.reset')}
            </Button>
          ) : null}
          <Button autoFocus onClick={() => onEnding(null)}>
            {t('telegram.cancel')}
          </Button>
          <Button kind="danger" busy={call.busy} onClick={() => void end()}>
            {t(`telegram.account.${key}`)}
          </Button>
        </>
      }
    >
      <p>{t(`telegram.account.${key}Text`)}</p>
      {ending === 'log-out' ? <p>{t('telegram.account.logOutWaiting')}</p> : null}
      <FailureNotice failure={call.failure} />
    </Dialog>
  );
}

/** What the phone calls this session: asked for while it can still be asked. */
function useDevice({ id, state }: TelegramAccount): string | null {
  const load = useMemo(
    () =>
      state === 'signed-out'
        ? () => Promise.resolve({ device: null })
        : (rpc: Rpc, signal: AbortSignal) => rpc.telegram.session({ accountId: id }, { signal }),
    [id, state],
  );
  return useServerData<{ readonly device: string | null }>(load, kinds).data?.device ?? null;
}
