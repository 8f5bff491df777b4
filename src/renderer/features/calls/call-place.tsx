import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { AssetPicker } from '../../lib/asset-picker.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './dialog.module.css';
import type { CallForm } from './use-call-form.ts';

/** Where: an asset or machine of the registry, words, or both. */
export function CallPlace({
  form,
  set,
  onAsset,
}: {
  readonly form: CallForm;
  readonly set: (part: Partial<CallForm>) => void;
  readonly onAsset: (assetId: number) => void;
}) {
  const { t } = useTranslation();
  const labelId = useId();
  const { asset } = form;
  return (
    <>
      <div className={styles.field} role="group" aria-labelledby={labelId}>
        <span id={labelId} className={styles.label}>
          {t('calls.create.asset')}
        </span>
        {asset ? (
          <span className={styles.chosen}>
            <span className={styles.code}>{asset.code}</span>
            <span className={styles.about}>
              {[t(`assets.kind.${asset.kind}`), asset.region, asset.address].filter(Boolean).join(' · ')}
            </span>
            <IconButton
              small
              label={t('calls.create.otherAsset')}
              icon={<X size={14} />}
              onClick={() => set({ asset: null })}
            />
          </span>
        ) : (
          <AssetPicker
            label={t('calls.create.asset')}
            onPick={({ id }) => onAsset(id)}
            onText={(place) => set({ place })}
          />
        )}
      </div>
      <Field
        label={t('calls.create.place')}
        placeholder={t('calls.create.placeHint')}
        value={form.place}
        onChange={(place) => set({ place })}
        maxLength={300}
        autoComplete="off"
      />
    </>
  );
}
