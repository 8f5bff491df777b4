import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, AccountPreset } from '../../../../shared/contract/letters.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import styles from '../settings.module.css';
import { checkForm, formOf, toSettings } from './account-form.ts';
import { AccountHint } from './account-hint.tsx';
import { AccountLoginFields } from './account-login-fields.tsx';
import { AccountOptionFields } from './account-option-fields.tsx';
import { AccountServerFields } from './account-server-fields.tsx';
import { AccountTestOutcome } from './account-test-result.tsx';
import { SignInPanel } from './sign-in-panel.tsx';
import { useAccountTest } from './use-account-test.ts';

/** The mailbox has its token already: core gave it when the person had signed in. */
const noMore = () => undefined;

/** A mailbox that is there: everything on one page, tested before or after saving. */
export function AccountEditor({
  account,
  preset,
  onClose,
}: {
  readonly account: Account;
  readonly preset: AccountPreset | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [form, setForm] = useState(() => formOf(account));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const test = useAccountTest(form, account.id);
  const problems = checkForm(form, true);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (problems.length > 0) return;
    setBusy(true);
    const password = form.password === '' ? null : form.password;
    const saved = await command(
      () => rpc.accounts.save({ id: account.id, settings: toSettings(form), password }),
      { done: t('settings.saved') },
    );
    setBusy(false);
    if (saved) onClose();
  }

  async function remove(): Promise<void> {
    setRemoving(false);
    const removed = await command(() => rpc.accounts.remove({ id: account.id }), {
      done: t('settings.mail.removed'),
    });
    if (removed) onClose();
  }

  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
      <h2 className={styles.stepTitle}>{t('settings.mail.editTitle', { address: account.address })}</h2>
      <p className={styles.faint}>{t('settings.mail.opensFrom', { time: format.full(account.opensFrom) })}</p>
      {account.haltedReason === null ? null : <AccountHint preset={preset} />}
      <AccountLoginFields
        form={form}
        onForm={setForm}
        problems={tried ? problems : []}
        passwordKept
        autoFocus
      />
      {preset?.oauth && account.auth === 'oauth' ? (
        <SignInPanel
          oauth={preset.oauth}
          accountId={account.id}
          address={account.address}
          isSignedIn={account.haltedReason === null}
          onDone={noMore}
        />
      ) : null}
      <AccountServerFields form={form} onForm={setForm} problems={tried ? problems : []} />
      <AccountTestOutcome test={test} />
      <div>
        <Button busy={test.running} disabled={problems.length > 0} onClick={() => void test.run()}>
          {t(test.result ? 'settings.mail.test.again' : 'settings.mail.test.run')}
        </Button>
      </div>
      <AccountOptionFields form={form} onForm={setForm} withSwitch />
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('settings.save')}
        </Button>
        <Button onClick={onClose}>{t('settings.cancel')}</Button>
        <span className={styles.spacer} />
        <Button kind="danger" onClick={() => setRemoving(true)}>
          {t('settings.mail.remove')}
        </Button>
      </div>
      <Dialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={t('settings.mail.removeTitle', { address: account.address })}
        closeLabel={t('settings.close')}
        footer={
          <>
            <Button autoFocus onClick={() => setRemoving(false)}>
              {t('settings.cancel')}
            </Button>
            <Button kind="danger" onClick={() => void remove()}>
              {t('settings.mail.remove')}
            </Button>
          </>
        }
      >
        <p>{t('settings.mail.removeText')}</p>
      </Dialog>
    </form>
  );
}
