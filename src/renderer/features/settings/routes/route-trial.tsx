import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKinds } from '../../../../shared/domain/route-kinds.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { toSetup, type RouteForm } from './route-form.ts';
import styles from '../settings.module.css';

/** In messengers an address is a chat that only the desk knows: there somebody who is bound is written to. */
const typed: ReadonlySet<string> = new Set(['sms', 'email', 'push', 'whatsapp']);

/** One message to an address of one's own, to see it arrive. */
export function RouteTrial({ form, disabled }: { readonly form: RouteForm; readonly disabled: boolean }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [address, setAddress] = useState('');
  const [busy, setBusy] = useState(false);
  if (!typed.has(routeKinds[form.kind].channel)) return null;

  async function send(): Promise<void> {
    setBusy(true);
    await command(() => rpc.routes.trial({ ...toSetup(form), address }), {
      done: ({ raw }) => t('routes.trial.sent', { raw }),
    });
    setBusy(false);
  }

  return (
    <div className={styles.form}>
      <Field
        label={t('routes.trial.address')}
        description={t('routes.trial.hint')}
        value={address}
        maxLength={320}
        onChange={setAddress}
      />
      <div>
        <Button busy={busy} disabled={disabled || address.trim() === ''} onClick={() => void send()}>
          {t('routes.trial.send')}
        </Button>
      </div>
    </div>
  );
}
