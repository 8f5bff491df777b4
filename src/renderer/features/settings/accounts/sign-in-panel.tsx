import { useTranslation } from 'react-i18next';
import type { AccountPreset } from '../../../../shared/contract/letters.ts';
import type { SignInView } from '../../../../shared/contract/oauth.ts';
import { useRuntimeText } from '../../../lib/runtime-text.ts';
import { useSecond } from '../../../lib/ticker.ts';
import { useCopy } from '../../../lib/use-copy.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import own from './sign-in.module.css';
import { useSignIn } from './use-sign-in.ts';

/** Signs a mailbox in through its provider: the browser of this machine, or a code for any other device. */
export function SignInPanel({
  oauth,
  accountId,
  address,
  isSignedIn,
  onDone,
}: {
  readonly oauth: NonNullable<AccountPreset['oauth']>;
  readonly accountId: number | null;
  readonly address: string;
  readonly isSignedIn: boolean;
  readonly onDone: (id: string) => void;
}) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const { view, busy, trouble, begin, cancel } = useSignIn({
    provider: oauth.provider,
    accountId,
    address,
    onDone,
  });
  const provider = t(`lettersOut.oauth.provider.${oauth.provider}`);
  const troubleText =
    trouble === undefined
      ? undefined
      : (runtimeText(`lettersOut.oauth.trouble.${trouble}`) ?? t('lettersOut.oauth.trouble.unknown'));

  if (view?.state === 'waiting') return <Waiting view={view} onCancel={cancel} />;
  return (
    <div className={styles.stack}>
      {isSignedIn || view?.state === 'done' ? (
        <Notice tone="good">{t('lettersOut.oauth.signedIn', { provider })}</Notice>
      ) : null}
      {troubleText === undefined ? null : (
        <Notice tone="bad" alert>
          {troubleText}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button kind={isSignedIn ? 'default' : 'primary'} busy={busy} onClick={() => void begin('browser')}>
          {t(isSignedIn ? 'lettersOut.oauth.again' : 'lettersOut.oauth.enter', { provider })}
        </Button>
        {oauth.codes ? (
          <Button busy={busy} onClick={() => void begin('code')}>
            {t('lettersOut.oauth.byCode')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Waiting({ view, onCancel }: { readonly view: SignInView; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const now = useSecond();
  const leftSeconds = Math.max(0, Math.ceil((view.expiresAt - now) / 1000));
  const left = `${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, '0')}`;
  const { userCode } = view;

  return (
    <section className={own.waiting} aria-label={t('lettersOut.oauth.codeLabel')}>
      <p role="status">
        {t(userCode === null ? 'lettersOut.oauth.waitingBrowser' : 'lettersOut.oauth.waitingCode')}
      </p>
      {userCode === null ? (
        <p className={styles.faint}>{t('lettersOut.oauth.openByHand')}</p>
      ) : (
        <a href={view.url} target="_blank" rel="noreferrer">
          {view.url}
        </a>
      )}
      <div className={own.code}>
        <output
          className={userCode === null ? own.address : own.big}
          aria-label={t('lettersOut.oauth.codeLabel')}
        >
          {userCode ?? view.url}
        </output>
        <Button onClick={() => copy(userCode ?? view.url)}>{t('lettersOut.oauth.copy')}</Button>
      </div>
      <div className={styles.buttons}>
        <span className={styles.faint}>{t('lettersOut.oauth.left', { time: left })}</span>
        <span className={styles.spacer} />
        <Button onClick={onCancel}>{t('lettersOut.oauth.cancel')}</Button>
      </div>
    </section>
  );
}
