import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import styles from './setup.module.css';

export function SetupDone({
  personId,
  onBack,
  onDone,
}: {
  readonly personId: number | undefined;
  readonly onBack: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [busy, setBusy] = useState(false);

  async function start(): Promise<void> {
    if (personId !== undefined) {
      setBusy(true);
      const started = await command(() => rpc.people.startShift({ personId }), {
        done: t('people.shiftStarted'),
      });
      setBusy(false);
      if (!started) return;
    }
    onDone();
  }

  return (
    <div className={styles.form}>
      <h2 className={styles.heading}>{t('setup.done.title')}</h2>
      <p className={styles.text}>{t('setup.done.text')}</p>
      <p className={styles.text}>{t('keeping.setup.paper')}</p>
      <div className={styles.buttons}>
        <Button kind="primary" autoFocus busy={busy} onClick={() => void start()}>
          {t('setup.done.startShift')}
        </Button>
        <Button onClick={onDone}>{t('setup.done.open')}</Button>
        <Button kind="quiet" onClick={onBack}>
          {t('setup.back')}
        </Button>
      </div>
    </div>
  );
}
