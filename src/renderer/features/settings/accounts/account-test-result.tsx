import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../lib/error-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { useRuntimeText } from '../../../lib/runtime-text.ts';
import type { AccountTestResult, AccountTestState } from './use-account-test.ts';

/** What the test found, for reading and for sending apart: the cause, what to do, and the server's own words. */
export function AccountTestOutcome({ test }: { readonly test: AccountTestState }) {
  const { t } = useTranslation();
  const errorText = useErrorText();

  return (
    <div className={styles.stack} aria-live="polite">
      {test.running ? <Notice tone="info">{t('settings.mail.test.running')}</Notice> : null}
      {test.error ? (
        <Notice tone="bad" alert>
          {errorText(test.error)}
        </Notice>
      ) : null}
      {test.result && !test.running ? (
        <div className={styles.stack} data-dimmed={test.stale}>
          <Line side="imap" outcome={test.result.imap} folders={test.result.folders} />
          <Line side="smtp" outcome={test.result.smtp} folders={null} />
          {test.stale ? <p className={styles.faint}>{t('settings.mail.test.stale')}</p> : null}
        </div>
      ) : null}
    </div>
  );
}

function Line({
  side,
  outcome,
  folders,
}: {
  readonly side: 'imap' | 'smtp';
  readonly outcome: AccountTestResult['imap'];
  readonly folders: AccountTestResult['folders'];
}) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();

  if (outcome.ok) {
    return (
      <Notice tone="good" title={t(`settings.mail.test.${side}Ok`)}>
        {folders ? (
          <>
            {t('settings.mail.test.inbox', { count: folders.inbox })}.{' '}
            {folders.sentPath === null
              ? t('settings.mail.test.noSent')
              : t('settings.mail.test.sent', { path: folders.sentPath })}
          </>
        ) : null}
      </Notice>
    );
  }
  const reason = outcome.reason ?? 'unknown';
  return (
    <Notice tone="bad" title={t(`settings.mail.test.${side}Failed`)} alert>
      <p>
        {runtimeText(`accountTest.${reason}`) ?? runtimeText(`error.${reason}`) ?? t('accountTest.unknown')}
      </p>
      {outcome.detail ? (
        <p className={styles.server}>{t('settings.mail.test.answer', { detail: outcome.detail })}</p>
      ) : null}
    </Notice>
  );
}
