import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { HandoverSheet } from './handover-document.tsx';

const kinds = ['handover'] as const;

/** One document by its number. */
export function HandoverPage({
  id,
  onOpenIncident,
  onBack,
}: {
  readonly id: number;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onBack?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const load = useMemo(() => (rpc: Rpc, signal: AbortSignal) => rpc.shift.handover({ id }, { signal }), [id]);
  const { data, error, reload } = useServerData(load, kinds);
  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={
          <Button onClick={onBack ?? reload}>{t(onBack ? 'shift.document.back' : 'common.retry')}</Button>
        }
      />
    );
  }
  if (!data) return null;
  return <HandoverSheet handover={data.handover} onOpenIncident={onOpenIncident} onBack={onBack} />;
}
