import { useState, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { SetupDesk } from './setup-desk.tsx';
import { SetupDone } from './setup-done.tsx';
import { SetupMail } from './setup-mail.tsx';
import { SetupPerson } from './setup-person.tsx';
import { SetupRestore } from './setup-restore.tsx';
import { SetupSignals } from './setup-signals.tsx';
import { emptySetup, type SetupForm } from './setup-form.ts';
import styles from './setup.module.css';

const steps = ['desk', 'person', 'mail', 'signals', 'done'] as const;
type Step = (typeof steps)[number];

export type AccountWizardSlot = ComponentType<{
  readonly onDone: (address: string) => void;
  readonly onCancel: () => void;
  readonly cancelLabel: string;
}>;

/**
 * The first start. What is typed lives here until the end, so going back loses nothing; the desk and its first person
 * are made together, and changed if somebody goes back afterwards.
 */
export function SetupWizard({
  accountWizard,
  onDone,
}: {
  /** Settings own the mailbox wizard; the app hands it in. */
  readonly accountWizard: AccountWizardSlot;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, session } = useDesk();
  const [step, setStep] = useState<Step>('desk');
  const [form, setForm] = useState<SetupForm>(emptySetup);
  const [personId, setPersonId] = useState<number>();
  const [accounts, setAccounts] = useState<readonly string[]>([]);

  async function create(): Promise<void> {
    const { zone, codePrefix, name } = form;
    const pin = form.pin === '' ? null : form.pin;
    if (personId === undefined) {
      const made = await rpc.setup.begin({ zone, codePrefix, person: { name: name.trim(), pin } });
      setPersonId(made.personId);
      await session.take(made.key);
    } else {
      await rpc.settings.save({ settings: { zone, codePrefix } });
      await rpc.people.save({
        id: personId,
        name: name.trim(),
        role: 'lead',
        email: '',
        phone: '',
        active: true,
        pin,
      });
    }
    setStep('mail');
  }

  const [restoring, setRestoring] = useState(false);
  const go = (next: Step) => () => setStep(next);
  const panels: Record<Step, () => ReactNode> = {
    desk: () =>
      restoring ? (
        <SetupRestore onBack={() => setRestoring(false)} />
      ) : (
        <SetupDesk
          form={form}
          onForm={setForm}
          onNext={go('person')}
          // Once somebody works here there is a desk, and it is restored from its settings.
          onRestore={personId === undefined ? () => setRestoring(true) : undefined}
        />
      ),
    person: () => <SetupPerson form={form} onForm={setForm} onBack={go('desk')} onCreate={create} />,
    mail: () => (
      <SetupMail
        accountWizard={accountWizard}
        accounts={accounts}
        onAccount={(address) => setAccounts([...accounts, address])}
        onBack={go('person')}
        onNext={go('signals')}
      />
    ),
    signals: () => <SetupSignals onBack={go('mail')} onNext={go('done')} />,
    done: () => <SetupDone personId={personId} onBack={go('signals')} onDone={onDone} />,
  };

  return (
    <div className={styles.root}>
      <div className={styles.frame}>
        <h1 className={styles.title}>
          {t('common.product')} · {t('setup.title')}
        </h1>
        <ol className={styles.steps} aria-label={t('setup.steps')}>
          {steps.map((key, index) => (
            <li
              key={key}
              className={styles.step}
              aria-current={key === step ? 'step' : undefined}
              data-passed={steps.indexOf(step) > index}
            >
              <span className={styles.number}>{steps.indexOf(step) > index ? '✓' : index + 1}</span>
              {t(`setup.step.${key}`)}
            </li>
          ))}
        </ol>
        <section key={step} className={styles.panel} aria-label={t(`setup.step.${step}`)}>
          {panels[step]()}
        </section>
      </div>
    </div>
  );
}
