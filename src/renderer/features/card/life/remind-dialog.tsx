import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './life.module.css';
import { TimeChoice, useChosenTime } from './time-choice.tsx';

const form = 'remind';

/** About what and when; nobody else hears of it. */
export function RemindDialog({
  code,
  onRemind,
  onClose,
}: {
  readonly code: string;
  /** Answers whether it was done. */
  readonly onRemind: (at: number, text: string) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const at = useChosenTime(text);

  async function go(chosen: number): Promise<void> {
    if (await onRemind(chosen, words.trim())) onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (at !== null) void go(at);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('workflow.remind.title', { code })}
      closeLabel={t('common.close')}
      width={460}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" type="submit" form={form}>
            {t('workflow.remind.submit')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <Field
          label={t('workflow.remind.textLabel')}
          placeholder={t('workflow.remind.textHint')}
          description={t('workflow.remind.own')}
          value={words}
          onChange={setWords}
          maxLength={300}
          autoFocus
        />
        <TimeChoice
          text={text}
          onText={setText}
          onQuick={(chosen) => void go(chosen)}
          error={tried && at === null ? t('workflow.postpone.badTime') : undefined}
        />
      </form>
    </Dialog>
  );
}
