import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './facts.module.css';

const quick = ['access', 'data', 'power'] as const;

/** A pause is never without a reason: it is what the deadline will be explained with. */
export function PauseDialog({
  onClose,
  onPause,
}: {
  readonly onClose: () => void;
  readonly onPause: (reason: string) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const ready = reason.trim() !== '';
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('card.clock.pauseTitle')}
      closeLabel={t('common.close')}
      width={440}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" disabled={!ready} onClick={() => void onPause(reason)}>
            {t('card.clock.pause')}
          </Button>
        </>
      }
    >
      <Field
        label={t('card.clock.pauseReason')}
        placeholder={t('card.clock.pauseHint')}
        description={t('card.clock.pauseText')}
        value={reason}
        onChange={setReason}
        maxLength={300}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Enter' && ready) void onPause(reason);
        }}
      />
      <div className={styles.quick}>
        {quick.map((key) => (
          <Button key={key} onClick={() => setReason(t(`card.clock.quick.${key}`))}>
            {t(`card.clock.quick.${key}`)}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
