import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph, type Urgency } from '../../ui/status-glyph.tsx';
import { AccountEnding, type Ending } from './account-ending.tsx';
import { accountName } from './account-name.ts';
import { AccountSession } from './account-session.tsx';
import styles from './telegram.module.css';
import { useLeft } from './use-left.ts';

const urgencies: Record<TelegramAccount['state'], Urgency> = {
  starting: 'calm',
  ready: 'done',
  reconnecting: 'risk',
  'signed-out': 'overdue',
};

/** One account with how it is; a lost one says why and what to do. */
export function AccountCard({
  account,
  onSignIn,
  onNotEnded,
}: {
  readonly account: TelegramAccount;
  readonly onSignIn: () => void;
  /** Logged out here while Telegram could not be told. */
  readonly onNotEnded: (device: string | null) => void;
}) {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const format = useFormat();
  const trouble = useTelegramTrouble();
  const [shown, setShown] = useState(false);
  const [ending, setEnding] = useState<Ending | null>(null);
  const name = accountName(account);
  const signedOut = account.state === 'signed-out';
  const state = t(`telegram.account.state.${account.state}`);

  return (
    <li className={styles.account}>
      <div className={styles.accountHead}>
        <StatusGlyph urgency={urgencies[account.state]} label={state} />
        <div className={styles.words}>
          <strong className={styles.accountName}>{name}</strong>
          <span className={styles.faint}>
            {[
              state,
              account.username === null ? null : `@${account.username}`,
              account.phoneMask,
              t('telegram.account.since', { time: format.when(account.signedInAt, ticker.second()) }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
          {account.reason === null || account.state === 'ready' ? null : (
            <span className={signedOut ? styles.bad : styles.risk}>{trouble(account.reason)}</span>
          )}
          {account.pauses.map((pause) => (
            <Pause key={pause.method} method={pause.method} until={pause.until} />
          ))}
        </div>
        <div className={styles.accountActions}>
          {signedOut ? (
            <>
              <Button
                kind="primary"
                label={`${t('telegram.account.signInAgain')}: ${name}`}
                onClick={onSignIn}
              >
                {t('telegram.account.signInAgain')}
              </Button>
              <Button label={`${t('telegram.account.remove')}: ${name}`} onClick={() => setEnding('remove')}>
                {t('telegram.account.remove')}
              </Button>
            </>
          ) : (
            <>
              <Button
                kind="quiet"
                pressed={shown}
                label={`${t('telegram.account.session')}: ${name}`}
                onClick={() => setShown(!shown)}
              >
                {t('telegram.account.session')}
              </Button>
              <Button label={`${t('telegram.account.logOut')}: ${name}`} onClick={() => setEnding('log-out')}>
                {t('telegram.account.logOut')}
              </Button>
            </>
          )}
        </div>
      </div>
      {shown && !signedOut ? (
        <AccountSession accountId={account.id} name={name} onReset={() => setEnding('reset')} />
      ) : null}
      {ending === null ? null : (
        <AccountEnding
          key={ending}
          account={account}
          ending={ending}
          onEnding={setEnding}
          onNotEnded={onNotEnded}
        />
      )}
    </li>
  );
}

/** A wait Telegram asked for; everything else goes on meanwhile. */
function Pause({ method, until }: { readonly method: string; readonly until: number }) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const left = useLeft(until);
  if (left === null) return null;
  const last = method.split('.').at(-1) ?? method;
  const short = last.slice(0, 1).toLowerCase() + last.slice(1);
  const what =
    runtimeText(`telegram.account.method.${short}`) ?? t('telegram.account.method.other', { method });
  return <span className={styles.risk}>{t('telegram.account.pause', { what, time: left })}</span>;
}
