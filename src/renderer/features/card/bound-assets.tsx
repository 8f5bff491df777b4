import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentAsset } from '../../../shared/contract/assets.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { formatRoute } from '../../lib/router.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useAssetEvidence } from './asset-evidence.ts';
import styles from './bound-assets.module.css';
import { useAssetLinks } from './use-asset-links.ts';

const kinds = ['asset', 'contact'] as const;
/** More than these push the letters off a small screen. */
const mostOffered = 2;

/** What the incident is bound to, and what the letters may mean. Nothing stands here while nothing is known. */
export function BoundAssets({ incidentId, code }: { readonly incidentId: number; readonly code: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.assets.ofIncident({ incidentId }, { signal }),
    [incidentId],
  );
  const { data, error, reload } = useServerData(load, kinds);
  const links = useAssetLinks({ id: incidentId, code });
  if (!data) {
    return error ? (
      <p role="alert" className={styles.error}>
        {t('assets.bound.failed')}. {errorText(error)} <Button onClick={reload}>{t('common.retry')}</Button>
      </p>
    ) : null;
  }
  const bound = data.assets.filter(({ state }) => state === 'bound');
  const offered = data.assets.filter(({ state }) => state === 'suggested');
  if (bound.length + offered.length === 0) return null;
  const then = (done: Promise<unknown>): void => void done.then((value) => value && reload());
  return (
    <section className={styles.assets} aria-label={t('assets.bound.title')}>
      {bound.length > 0 ? (
        <ul aria-label={t('assets.bound.list')}>
          {bound.map((asset) => (
            <BoundLine key={asset.assetId} asset={asset} onUnbind={() => then(links.unbind(named(asset)))} />
          ))}
        </ul>
      ) : null}
      {offered.length > 0 ? (
        <Offers
          assets={offered}
          onAccept={(asset) => then(links.bind(named(asset)))}
          onReject={(asset) => then(links.reject(named(asset)))}
        />
      ) : null}
    </section>
  );
}

function named({ assetId, code }: IncidentAsset) {
  return { id: assetId, code };
}

function BoundLine({ asset, onUnbind }: { readonly asset: IncidentAsset; readonly onUnbind: () => void }) {
  const { t } = useTranslation();
  const { why } = useAssetEvidence();
  const contacts = [...asset.emails, ...asset.phones];
  return (
    <li className={styles.line} title={[why(asset), asset.address].filter(Boolean).join('\n')}>
      <CodeLink asset={asset} />
      <span className={styles.facts}>
        {[
          t(`assets.kind.${asset.kind}`),
          ...asset.operators,
          asset.region || t('assets.bound.noRegion'),
          asset.contractor || t('assets.bound.noContractor'),
        ].join(' · ')}
        {contacts.length > 0 ? (
          <span className="visually-hidden">. {t('assets.bound.contact', { all: contacts.join(', ') })}</span>
        ) : null}
      </span>
      <IconButton
        small
        label={t('assets.bound.unbind', { code: asset.code })}
        icon={<X size={14} />}
        onClick={onUnbind}
      />
    </li>
  );
}

/** The first is the one the keys answer to. */
function Offers({
  assets,
  onAccept,
  onReject,
}: {
  readonly assets: readonly IncidentAsset[];
  readonly onAccept: (asset: IncidentAsset) => void;
  readonly onReject: (asset: IncidentAsset) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const { why, sure } = useAssetEvidence();
  const [all, setAll] = useState(false);
  const [first] = assets;
  useShortcut('assetAccept', () => first && onAccept(first));
  useShortcut('assetReject', () => first && onReject(first));
  const shown = all ? assets : assets.slice(0, mostOffered);
  return (
    <>
      <ul aria-label={t('assets.bound.offers')}>
        {shown.map((asset) => (
          <li key={asset.assetId} className={styles.offer}>
            <div className={styles.words}>
              <span>
                <CodeLink asset={asset} /> <span className={styles.sure}>{sure(asset)}</span>
              </span>
              <span className={styles.why} title={why(asset)}>
                {why(asset)}
              </span>
            </div>
            <Button keys={asset === first ? keys('assetAccept') : undefined} onClick={() => onAccept(asset)}>
              {t('assets.bound.accept')}
              <span className="visually-hidden">{` ${asset.code}`}</span>
            </Button>
            <Button
              kind="quiet"
              keys={asset === first ? keys('assetReject') : undefined}
              onClick={() => onReject(asset)}
            >
              {t('assets.bound.reject')}
              <span className="visually-hidden">{` ${asset.code}`}</span>
            </Button>
          </li>
        ))}
      </ul>
      {assets.length > shown.length ? (
        <div>
          <Button kind="quiet" onClick={() => setAll(true)}>
            {t('assets.bound.more', { count: assets.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function CodeLink({ asset }: { readonly asset: IncidentAsset }) {
  return (
    <a className={styles.code} href={formatRoute({ page: 'assets', part: 'list', assetId: asset.assetId })}>
      {asset.code}
    </a>
  );
}
