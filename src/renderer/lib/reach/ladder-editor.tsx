import { Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedLadder } from '../../../shared/contract/ladders.ts';
import type { Party } from '../../../shared/domain/reaching.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Switch } from '../../ui/switch.tsx';
import { useDesk } from '../desk.ts';
import { useCommand } from '../use-command.ts';
import { formOf, problemsOf, toLadder, withMoved, withNewStep, type LadderForm } from './ladder-form.ts';
import styles from './ladder-editor.module.css';
import { NextField } from './next-field.tsx';
import { StepRow, type Reach } from './step-row.tsx';

/** One ladder of one urgency, of somebody or of everybody. Given another ladder it needs another key. */
export function LadderEditor({
  owner,
  ladder,
  reach,
}: {
  readonly owner: Party | null;
  readonly ladder: NamedLadder;
  readonly reach: Reach;
}) {
  const { t } = useTranslation();
  const { rpc, announcer } = useDesk();
  const command = useCommand();
  const [form, setForm] = useState(() => formOf(ladder));
  const [tried, setTried] = useState(false);
  const problems = problemsOf(form);
  const shown = tried ? problems : [];

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (problems.length > 0) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    await command(() => rpc.ladders.save({ owner, ladder: toLadder(form, ladder.urgency) }), {
      done: t('ladders.saved'),
    });
  }

  function move(from: number, to: number): void {
    const moved = withMoved(form, from, to);
    const step = form.steps[from];
    if (moved === form || !step) return;
    setForm(moved);
    const channel = t(`ladders.channel.${step.channel}`);
    announcer.say(t('ladders.step.moved', { channel, number: to + 1 }));
  }

  return (
    <form className={styles.editor} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.captions} aria-hidden="true">
        <span>{t('ladders.step.channel')}</span>
        <span>{t('ladders.step.address')}</span>
        <span>{t('ladders.step.waitFor')}</span>
        <span>{t('ladders.step.wait')}</span>
        <span title={t('ladders.step.retriesHint')}>{t('ladders.step.retries')}</span>
      </div>
      <ol className={styles.steps} aria-label={t('ladders.step.list')}>
        {form.steps.map((step, at) => (
          <StepRow
            key={step.key}
            step={step}
            at={at}
            count={form.steps.length}
            reach={reach}
            problems={shown}
            onChange={(part) =>
              setForm({
                ...form,
                steps: form.steps.map((other, index) => (index === at ? { ...other, ...part } : other)),
              })
            }
            onMove={(to) => move(at, to)}
            onRemove={() => setForm({ ...form, steps: form.steps.toSpliced(at, 1) })}
          />
        ))}
      </ol>
      {form.steps.length === 0 ? <p role="alert">{t('ladders.noSteps')}</p> : null}
      <div className={styles.foot}>
        <Button
          icon={<Plus size={14} />}
          disabled={form.steps.length >= 20}
          onClick={() => setForm(withNewStep(form))}
        >
          {t('ladders.step.add')}
        </Button>
      </div>
      <p className={styles.faint}>
        {t('ladders.step.orderHint')}. {t('ladders.step.retriesHint')}
      </p>
      <AfterFields
        form={form}
        onForm={setForm}
        bad={(field) => shown.some((problem) => problem.field === field)}
      />
      <div className={styles.foot}>
        <Button kind="primary" type="submit">
          {t('ladders.save')}
        </Button>
      </div>
    </form>
  );
}

function AfterFields({
  form,
  onForm,
  bad,
}: {
  readonly form: LadderForm;
  readonly onForm: (form: LadderForm) => void;
  readonly bad: (field: 'repeatMinutes' | 'rounds') => boolean;
}) {
  const { t } = useTranslation();
  return (
    <section className={styles.after} aria-label={t('ladders.after.title')}>
      <h3>{t('ladders.after.title')}</h3>
      <Switch
        label={t('ladders.after.repeat')}
        checked={form.repeats}
        onChange={(repeats) => onForm({ ...form, repeats })}
      />
      {form.repeats ? (
        <div className={styles.pair}>
          <Field
            label={t('ladders.after.repeatMinutes')}
            inputMode="numeric"
            value={form.repeatMinutes}
            maxLength={4}
            error={bad('repeatMinutes') ? t('ladders.after.badRepeat') : undefined}
            onChange={(repeatMinutes) => onForm({ ...form, repeatMinutes })}
          />
          <Field
            label={t('ladders.after.rounds')}
            inputMode="numeric"
            value={form.rounds}
            maxLength={2}
            error={bad('rounds') ? t('ladders.after.badRounds') : undefined}
            onChange={(rounds) => onForm({ ...form, rounds })}
          />
        </div>
      ) : null}
      <NextField next={form.next} onChange={(next) => onForm({ ...form, next })} />
    </section>
  );
}
