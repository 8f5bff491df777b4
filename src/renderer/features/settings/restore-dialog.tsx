import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/settings.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './settings.module.css';

const steps = ['current', 'lost', 'letters', 'outbox', 'codes', 'restart'] as const;

/** The one thing here that cannot be taken back: says what will happen before it does. */
export function RestoreDialog({
  backup,
  onClose,
}: {
  readonly backup: Backup;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const time = format.full(backup.at);

  function restore(): void {
    onClose();
    toasts.show({ text: t('settings.backups.restoring') });
    void command(() => rpc.settings.restore({ name: backup.name }), {
      // The backend restarts under the call: losing the connection is the expected end of it.
      onError: ({ code }) => code === 'unavailable' || code === 'cancelled',
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.backups.restoreTitle', { time })}
      closeLabel={t('settings.close')}
      width={560}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t('settings.cancel')}
          </Button>
          <Button kind="danger" onClick={restore}>
            {t('settings.backups.restoreConfirm')}
          </Button>
        </>
      }
    >
      <p className={styles.heading}>{t('settings.backups.restoreWhat')}</p>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{t(`settings.backups.restoreSteps.${step}`, { time })}</li>
        ))}
      </ol>
    </Dialog>
  );
}
