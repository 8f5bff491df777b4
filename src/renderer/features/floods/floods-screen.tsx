import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { formatRoute } from '../../lib/router.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Screen } from '../../ui/screen.tsx';
import { FloodPage } from './flood-page.tsx';
import { FloodWords } from './flood-words.tsx';
import styles from './floods.module.css';

const kinds = ['flood', 'incident'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.links.floods({}, { signal });

/** Crowds of incidents about one thing: those that run, and those that still have open ones. */
export function FloodsScreen({
  floodId,
  onGo,
}: {
  readonly floodId: number | null;
  readonly onGo: (floodId: number | null) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, status, error, reload } = useServerData(load, kinds);
  if (floodId !== null) return <FloodPage key={floodId} floodId={floodId} onBack={() => onGo(null)} />;
  return (
    <Screen title={t('links.flood.settings')} count={data?.floods.length} dimmed={status === 'stale'}>
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      {data?.floods.length === 0 ? (
        <EmptyState title={t('links.flood.none')}>{t('links.flood.noneText')}</EmptyState>
      ) : null}
      <ul className={styles.list}>
        {data?.floods.map((flood) => (
          <li key={flood.id}>
            <a className={styles.flood} href={formatRoute({ page: 'floods', floodId: flood.id })}>
              <FloodWords flood={flood} />
            </a>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
