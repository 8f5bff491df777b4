import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetRow } from '../../../shared/contract/assets.ts';
import { AssetPicker } from '../../lib/asset-picker.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './call-asset.module.css';

/** What the call is about: one of the registry, or words in which the desk looks for one. */
export function CallAsset({
  asset,
  onChoose,
  onType,
}: {
  readonly asset: AssetRow | null;
  readonly onChoose: (asset: AssetRow | null) => void;
  readonly onType: (words: string) => void;
}) {
  const { t } = useTranslation();
  const labelId = useId();
  return (
    <div className={styles.field} role="group" aria-labelledby={labelId}>
      <span id={labelId} className={styles.label}>
        {t('queue.create.asset')}
      </span>
      {asset ? (
        <span className={styles.chosen}>
          <span className={styles.code}>{asset.code}</span>
          <span className={styles.more}>
            {[t(`assets.kind.${asset.kind}`), asset.region].filter(Boolean).join(' · ')}
          </span>
          <IconButton
            small
            label={t('queue.create.otherAsset')}
            icon={<X size={14} />}
            onClick={() => {
              onType('');
              onChoose(null);
            }}
          />
        </span>
      ) : (
        <AssetPicker label={t('queue.create.asset')} onPick={onChoose} onType={onType} />
      )}
    </div>
  );
}
