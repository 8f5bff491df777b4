import { useTranslation } from 'react-i18next';
import type { BackupSetView } from '../../../../shared/contract/keeping.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import styles from '../settings.module.css';

const steps = ['current', 'lost', 'letters', 'outbox', 'codes'] as const;

/** Says what will happen before it does: the database goes back in time, and files come back with it. */
export function RestoreSetDialog({
  set,
  onClose,
}: {
  readonly set: BackupSetView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const time = format.full(set.madeAt);

  function restore(): void {
    onClose();
    toasts.show({ text: t('keeping.sets.restoring') });
    void command(() => rpc.keeping.restoreSet({ path: set.path }), {
      // The backend restarts under the call: losing the connection is the expected end of it.
      onError: ({ code, reason }) => (code === 'unavailable' || code === 'cancelled') && reason === undefined,
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('keeping.sets.restoreTitle', { time })}
      closeLabel={t('settings.close')}
      width={560}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t('settings.cancel')}
          </Button>
          <Button kind="danger" onClick={restore}>
            {t('keeping.sets.restore')}
          </Button>
        </>
      }
    >
      <p className={styles.heading}>{t('settings.backups.restoreWhat')}</p>
      <ol className={styles.steps}>
        <li>{t('keeping.sets.restoreFiles')}</li>
        {steps.map((step) => (
          <li key={step}>{t(`settings.backups.restoreSteps.${step}`, { time })}</li>
        ))}
        <li>{t('keeping.sets.restoreKey')}</li>
        <li>{t('keeping.sets.restoreTelegram')}</li>
      </ol>
    </Dialog>
  );
}
