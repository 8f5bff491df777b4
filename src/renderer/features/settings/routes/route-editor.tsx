import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { focusFirstInvalid } from '../../../ui/focus-first-invalid.ts';
import styles from '../settings.module.css';
import { RouteFields } from './route-fields.tsx';
import { missingOf, problemsOf, toSetup, type RouteForm } from './route-form.ts';
import { RouteLimits } from './route-limits.tsx';
import { RouteTestOutcome } from './route-test-outcome.tsx';
import { RouteTrial } from './route-trial.tsx';
import own from './routes.module.css';
import { useRouteTest } from './use-route-test.ts';

/** One way of sending on one page, tested before or after it is saved. */
export function RouteEditor({
  initial,
  kept,
  onClose,
}: {
  readonly initial: RouteForm;
  /** Names of the secrets there are. */
  readonly kept: readonly string[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const test = useRouteTest(form);
  const problems = problemsOf(form);
  const missing = missingOf(form, kept);
  const shown = tried ? problems : new Set<never>();
  const kindName = t(`routes.kind.${form.kind}`);
  const fields = { form, kept, missing: tried ? missing : new Set<string>(), onForm: setForm };

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (problems.size > 0) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    setBusy(true);
    const saved = await command(() => rpc.routes.save(toSetup(form)), { done: t('routes.form.saved') });
    setBusy(false);
    if (saved) onClose();
  }

  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
      <h2 className={styles.stepTitle}>
        {form.id === null ? t('routes.newTitle', { kind: kindName }) : `${kindName}: ${initial.name}`}
      </h2>
      <p className={styles.faint}>{t(`routes.about.${form.kind}`)}</p>
      <Field
        label={t('routes.form.name')}
        description={t('routes.form.nameHint')}
        value={form.name}
        maxLength={120}
        autoFocus
        onChange={(name) => setForm({ ...form, name })}
        error={shown.has('name') ? t('routes.form.noName') : undefined}
      />
      <RouteFields {...fields} further={false} />
      <RouteTestOutcome test={test} />
      <div className={own.line}>
        <Button
          busy={test.running}
          disabled={missing.size > 0 || problems.size > 0}
          onClick={() => void test.run()}
        >
          {t(test.facts || test.error ? 'routes.test.again' : 'routes.test.run')}
        </Button>
        {missing.size > 0 ? <span className={styles.faint}>{t('routes.test.first')}</span> : null}
      </div>
      <RouteTrial form={form} disabled={missing.size > 0 || problems.size > 0} />
      <RouteLimits form={form} kept={kept} problems={shown} onForm={setForm}>
        <RouteFields {...fields} further />
      </RouteLimits>
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('routes.form.save')}
        </Button>
        <Button onClick={onClose}>{t('routes.form.cancel')}</Button>
        <span className={styles.spacer} />
        {form.id === null ? null : <RemoveRoute id={form.id} name={initial.name} onRemoved={onClose} />}
      </div>
    </form>
  );
}

/** It cannot be taken back: its secrets are gone. */
function RemoveRoute({
  id,
  name,
  onRemoved,
}: {
  readonly id: number;
  readonly name: string;
  readonly onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [asking, setAsking] = useState(false);

  async function remove(): Promise<void> {
    setAsking(false);
    const removed = await command(() => rpc.routes.remove({ id }), { done: t('routes.form.removed') });
    if (removed) onRemoved();
  }

  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t('routes.form.remove')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('routes.form.removeTitle', { name })}
        closeLabel={t('settings.close')}
        footer={
          <>
            <Button autoFocus onClick={() => setAsking(false)}>
              {t('routes.form.cancel')}
            </Button>
            <Button kind="danger" onClick={() => void remove()}>
              {t('routes.form.remove')}
            </Button>
          </>
        }
      >
        <p>{t('routes.form.removeText')}</p>
      </Dialog>
    </>
  );
}
