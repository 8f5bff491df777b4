import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './life.module.css';
import { TimeChoice, useChosenTime } from './time-choice.tsx';

const form = 'postpone';

/** Until when and why. A quick time needs no other press. */
export function PostponeDialog({
  code,
  onPostpone,
  onClose,
}: {
  readonly code: string;
  /** Answers whether it was done. */
  readonly onPostpone: (until: number, reason: string) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const until = useChosenTime(text);

  async function go(at: number): Promise<void> {
    if (await onPostpone(at, reason.trim())) onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (until !== null) void go(until);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('workflow.postpone.title', { code })}
      closeLabel={t('common.close')}
      width={460}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" type="submit" form={form}>
            {t('workflow.postpone.submit')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <p className={styles.faint}>{t('workflow.postpone.text')}</p>
        <Field
          label={t('workflow.postpone.reason')}
          placeholder={t('workflow.postpone.reasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={300}
          autoFocus
        />
        <TimeChoice
          text={text}
          onText={setText}
          onQuick={(at) => void go(at)}
          error={tried && until === null ? t('workflow.postpone.badTime') : undefined}
        />
      </form>
    </Dialog>
  );
}
