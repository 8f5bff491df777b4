import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './settings.module.css';

type Verdict = { readonly entries: number; readonly ok: boolean; readonly firstBad: number | null };

export function JournalTab() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
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
          {t('settings.journal.ok', { count: verdict.entries })}
        </Notice>
      ) : null}
      {verdict && !verdict.ok ? (
        <Notice tone="bad" alert title={t('settings.journal.broken', { sequence: verdict.firstBad ?? '?' })}>
          {t('settings.journal.brokenText')}
        </Notice>
      ) : null}
    </section>
  );
}
