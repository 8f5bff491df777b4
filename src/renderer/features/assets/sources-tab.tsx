import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './assets.module.css';
import { SourceForm } from './source-form.tsx';
import { SourceLine } from './source-line.tsx';

const kinds = ['asset-import'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.assets.sources({}, { signal });

/** Where the registry comes from, when it comes next, and what waits for a decision. */
export function SourcesTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const source = data?.sources.find(({ id }) => id === edited);
  const close = (): void => setEdited(null);
  if (!data) {
    return error ? (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    ) : null;
  }
  if (edited === 'new' || source) {
    return (
      <div className={styles.page}>
        <SourceForm
          source={source}
          onSaved={() => {
            close();
            reload();
          }}
          onCancel={close}
        />
      </div>
    );
  }
  const add = <Button onClick={() => setEdited('new')}>{t('assetImport.sources.add')}</Button>;
  return (
    <div className={styles.page}>
      <section className={styles.stack} aria-label={t('assetImport.sources.title')}>
        <div className={styles.sectionHead}>
          <p className={styles.faint}>{t('assetImport.sources.text')}</p>
          {data.sources.length === 0 ? null : add}
        </div>
        {data.sources.length === 0 ? (
          <EmptyState title={t('assetImport.sources.empty')} action={add}>
            {t('assetImport.sources.emptyText')}
          </EmptyState>
        ) : null}
        <ul className={styles.entries}>
          {data.sources.map((other) => (
            <SourceLine key={other.id} source={other} onEdit={() => setEdited(other.id)} onSynced={reload} />
          ))}
        </ul>
      </section>
    </div>
  );
}
