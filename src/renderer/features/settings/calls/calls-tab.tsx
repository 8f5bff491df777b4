import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { CallsForm } from './calls-form.tsx';
import styles from './calls-tab.module.css';

const kinds = ['setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.calls.settings({}, { signal });

/** How long technicians and contractors are waited for, and what counts as late. */
export function CallsTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  if (!data) return null;
  return (
    <div className={styles.page}>
      <CallsForm key={JSON.stringify(data.settings)} settings={data.settings} />
    </div>
  );
}
