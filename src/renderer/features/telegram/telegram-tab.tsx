import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import type { SignInState } from '../../../shared/contract/telegram.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AccountList } from './account-list.tsx';
import { ApiKey } from './api-key.tsx';
import { Attempts } from './attempts.tsx';
import { SignInPanel } from './sign-in-panel.tsx';
import styles from './telegram.module.css';
import { isUnderWay, useSignIn } from './use-sign-in.ts';

const kinds = ['telegram'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.telegram.overview({}, { signal });

type Overview = z.infer<PultContract['telegram']['overview']['output']>;
type Opened = { readonly name: string | null };

/** Everything about the accounts: the key, the sign-in, how each is, and who tried. */
export function TelegramTab() {
  const { t } = useTranslation();
  const errorText = useTelegramErrorText();
  const { data, error, status, reload } = useServerData(load, kinds);

  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  return (
    <div className={styles.tab} data-dimmed={status === 'stale'}>
      {data ? <Sections overview={data} /> : <p className={styles.faint}>{t('common.loading')}</p>}
    </div>
  );
}

function Sections({ overview }: { readonly overview: Overview }) {
  const state = useSignIn();
  const [opened, setOpened] = useState<Opened | null>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // One that goes on, or has failed unseen, is on every page wherever it was begun.
  if (state && (isUnderWay(state) || state.step === 'failed') && opened === null) setOpened({ name: null });

  useEffect(() => {
    // The field that had the focus is gone: the next key goes on from where it began.
    if (wasOpen.current && opened === null) begin.current?.focus();
    wasOpen.current = opened !== null;
  }, [opened]);

  const key = <ApiKey apiId={overview.apiId} />;
  const panel =
    opened === null ? null : (
      <SignInPanel
        state={state ?? unknown}
        demo={overview.demo}
        name={opened.name}
        onClose={() => setOpened(null)}
      />
    );
  return (
    <>
      {overview.apiId === null ? key : null}
      {panel}
      {overview.accounts.length === 0 && (overview.apiId === null || opened !== null) ? null : (
        <AccountList
          accounts={overview.accounts}
          canSignIn={overview.apiId !== null && opened === null}
          beginRef={begin}
          onSignIn={(name) => setOpened({ name })}
        />
      )}
      {overview.apiId === null ? null : key}
      <Attempts />
    </>
  );
}

/** Until core says otherwise nothing goes on. */
const unknown: SignInState = { step: 'idle', waitUntil: null };
