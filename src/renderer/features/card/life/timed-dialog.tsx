import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './life.module.css';
import { TimeChoice, useChosenTime } from './time-choice.tsx';

const form = 'timed';

/** Words and a moment to come. A quick time needs no other press. */
export function TimedDialog({
  title,
  submitLabel,
  text,
  field,
  onChosen,
  onClose,
}: {
  readonly title: string;
  readonly submitLabel: string;
  /** What will happen, above the fields. */
  readonly text?: ReactNode;
  readonly field: { readonly label: string; readonly placeholder: string; readonly description?: string };
  /** Answers whether it was done. */
  readonly onChosen: (at: number, words: string) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [moment, setMoment] = useState('');
  const [tried, setTried] = useState(false);
  const at = useChosenTime(moment);

  async function go(chosen: number): Promise<void> {
    if (await onChosen(chosen, words.trim())) onClose();
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
      title={title}
      closeLabel={t('common.close')}
      width={460}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" type="submit" form={form}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        {text === undefined ? null : <p className={styles.faint}>{text}</p>}
        <Field {...field} value={words} onChange={setWords} maxLength={300} autoFocus />
        <TimeChoice
          text={moment}
          onText={setMoment}
          onQuick={(chosen) => void go(chosen)}
          error={tried && at === null ? t('workflow.postpone.badTime') : undefined}
        />
      </form>
    </Dialog>
  );
}
