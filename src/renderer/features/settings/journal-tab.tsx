import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './settings.module.css';

type Verdict = Awaited<ReturnType<Rpc['settings']['verifyJournal']>>;

export function JournalTab() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [verdict, setVerdict] = useState<Verdict>();

  async function verify(): Promise<void> {
    setBusy(true);
    setVerdict(await command(() => rpc.settings.verifyJournal({})));
    setBusy(false);
  }

  return (
    <section className={styles.narrow} aria-label={t('settings.journal.title')}>
      <p className={styles.faint}>{t('settings.journal.help')}</p>
      <div>
        <Button kind="primary" busy={busy} onClick={() => void verify()}>
          {t('settings.journal.verify')}
        </Button>
      </div>
      {verdict?.ok ? (
        <Notice tone="good" alert>
          <p>{t('settings.journal.ok', { count: verdict.entries })}</p>
          <p className={styles.faint}>
            {t('settings.journal.head', { sequence: verdict.entries, hash: verdict.head })}
          </p>
        </Notice>
      ) : null}
      {verdict && !verdict.ok ? (
        <Notice tone="bad" alert title={t('settings.journal.broken', { sequence: verdict.firstBad ?? '?' })}>
          {verdict.fault ? (
            <p>{t(`settings.journal.fault.${verdict.fault}`, { sequence: verdict.firstBad ?? '?' })}</p>
          ) : null}
          {verdict.badAt === null ? null : (
            <p>{t('settings.journal.badAt', { at: format.full(verdict.badAt) })}</p>
          )}
          <p>{t('settings.journal.brokenText')}</p>
        </Notice>
      ) : null}
    </section>
  );
}
