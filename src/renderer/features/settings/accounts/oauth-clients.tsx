import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  oauthProviders,
  type OauthClientView,
  type OauthProvider,
} from '../../../../shared/contract/oauth.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from '../settings.module.css';

const kinds = ['setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.oauth.clients({}, { signal });

/** The organisation's own registration with each provider, and how it is made. */
export function OauthClients() {
  const { t } = useTranslation();
  const { data } = useServerData(load, kinds);
  if (!data) return null;
  return (
    <details>
      <summary className={styles.heading}>{t('lettersOut.oauth.clients')}</summary>
      <p className={styles.faint}>{t('lettersOut.oauth.clientsHelp')}</p>
      {oauthProviders.map((provider) => (
        <ClientForm
          key={provider}
          provider={provider}
          client={data.clients.find((client) => client.provider === provider)}
        />
      ))}
    </details>
  );
}

function ClientForm({
  provider,
  client,
}: {
  readonly provider: OauthProvider;
  readonly client: OauthClientView | undefined;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const name = t(`lettersOut.oauth.provider.${provider}`);
  const [clientId, setClientId] = useState(client?.clientId ?? '');
  const [secret, setSecret] = useState('');
  const [tenant, setTenant] = useState(client?.tenant ?? '');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const saved = await command(
      () => rpc.oauth.saveClient({ provider, clientId, secret: secret === '' ? null : secret, tenant }),
      { done: t('settings.saved') },
    );
    if (saved) setSecret('');
  }

  return (
    <form className={styles.stack} aria-label={name} onSubmit={(event) => void submit(event)}>
      <h3 className={styles.heading}>{name}</h3>
      <ol className={styles.steps}>
        {t(`lettersOut.oauth.steps.${provider}`)
          .split('|')
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <Field
        label={`${t('lettersOut.oauth.clientId')} (${name})`}
        mono
        value={clientId}
        maxLength={300}
        onChange={setClientId}
      />
      <Field
        label={`${t('lettersOut.oauth.secret')} (${name})`}
        kind="password"
        description={
          client?.hasSecret
            ? t('lettersOut.oauth.secretKept')
            : provider === 'microsoft'
              ? t('lettersOut.oauth.secretOptional')
              : undefined
        }
        value={secret}
        autoComplete="off"
        onChange={setSecret}
      />
      {provider === 'microsoft' ? (
        <Field
          label={t('lettersOut.oauth.tenant')}
          description={t('lettersOut.oauth.tenantHint')}
          mono
          value={tenant}
          onChange={setTenant}
        />
      ) : null}
      <div>
        <Button type="submit" label={`${t('settings.save')}: ${name}`}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}
