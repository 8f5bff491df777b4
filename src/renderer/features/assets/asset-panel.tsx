import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { AssetFacts } from './asset-facts.tsx';
import { AssetForm } from './asset-form.tsx';
import { AssetIncidents, AssetStations } from './asset-relations.tsx';
import styles from './assets.module.css';

const kinds = ['asset', 'incident', 'contact'] as const;

/** One asset beside the list, read or written. Null is one that is not there yet. */
export function AssetPanel({
  assetId,
  onOpen,
  onOpenIncident,
  onCall,
}: {
  readonly assetId: number | null;
  readonly onOpen: (id: number | null) => void;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onCall: (assetId: number) => void;
}) {
  const { t } = useTranslation();
  const close = (): void => onOpen(null);
  if (assetId !== null)
    return <Known assetId={assetId} onOpen={onOpen} onOpenIncident={onOpenIncident} onCall={onCall} />;
  return (
    <Frame title={t('assets.form.newTitle')} onClose={close}>
      <AssetForm asset={undefined} onSaved={onOpen} onOther={onOpen} onCancel={close} />
    </Frame>
  );
}

function Known({
  assetId,
  onOpen,
  onOpenIncident,
  onCall,
}: {
  readonly assetId: number;
  readonly onOpen: (id: number | null) => void;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onCall: (assetId: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const keys = useKeys();
  const [editing, setEditing] = useState(false);
  useShortcut('call', () => onCall(assetId));
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.assets.view({ id: assetId }, { signal }),
    [assetId],
  );
  const { data: asset, status, error, reload } = useServerData(load, kinds);
  const close = (): void => onOpen(null);
  if (!asset) {
    return (
      <Frame title={t('assets.title')} onClose={close} busy={status === 'loading'}>
        {error ? (
          <EmptyState
            tone="error"
            title={t('assets.view.failed')}
            action={<Button onClick={reload}>{t('common.retry')}</Button>}
          >
            {errorText(error)}
          </EmptyState>
        ) : null}
      </Frame>
    );
  }
  return (
    <Frame title={asset.code} subtitle={asset.name} onClose={close}>
      {editing ? (
        <AssetForm
          asset={asset}
          onSaved={() => {
            setEditing(false);
            reload();
          }}
          onOther={onOpen}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <div className={styles.card} data-dim={status === 'stale' || undefined}>
          <AssetFacts asset={asset} onOpen={onOpen} />
          <div className={styles.buttons}>
            <Button onClick={() => setEditing(true)}>{t('assets.view.edit')}</Button>
            <Button keys={keys('call')} onClick={() => onCall(asset.id)}>
              {t('keys.call')}
            </Button>
          </div>
          {asset.kind === 'pole' ? <AssetStations asset={asset} onOpen={onOpen} /> : null}
          <AssetIncidents asset={asset} onOpenIncident={onOpenIncident} />
        </div>
      )}
    </Frame>
  );
}

function Frame({
  title,
  subtitle,
  busy = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly subtitle?: string;
  readonly busy?: boolean;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <aside className={styles.panel} aria-label={title} aria-busy={busy || undefined}>
      <header className={styles.panelHead}>
        <div className={styles.panelTitle}>
          <h2>{title}</h2>
          {subtitle ? <p className={styles.faint}>{subtitle}</p> : null}
        </div>
        <IconButton small label={t('assets.view.close')} icon={<X size={14} />} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
