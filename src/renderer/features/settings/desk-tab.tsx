import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DeskForm } from './desk-form.tsx';

const kinds = ['setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.settings.get({}, { signal });

export function DeskTab() {
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
  return data ? <DeskForm key={JSON.stringify(data.settings)} settings={data.settings} /> : null;
}
