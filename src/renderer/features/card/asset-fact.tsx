import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssetPicker } from '../../lib/asset-picker.tsx';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { CardData } from './card-state.ts';
import styles from './facts.module.css';
import { useAssetLinks } from './use-asset-links.ts';
import type { IncidentActions } from './use-incident-actions.ts';

/** What the incident is about; a press or the key binds one by its code. */
export function AssetFact({ data, actions }: { readonly data: CardData; readonly actions: IncidentActions }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const links = useAssetLinks(data.row);
  const [open, setOpen] = useState(false);
  const value = data.row.asset;
  const key = keys('asset');
  useShortcut('asset', () => setOpen(true));

  async function finish(done: Promise<unknown>): Promise<void> {
    if (await done) setOpen(false);
  }

  return (
    <>
      <dt>{t('card.asset')}</dt>
      <dd>
        <Popover
          open={open}
          onOpenChange={setOpen}
          label={t('assets.bound.bind')}
          width={400}
          position="bottom-start"
          target={
            <button
              type="button"
              className={styles.value}
              data-empty={value === '' || undefined}
              title={value || undefined}
              onClick={() => setOpen(!open)}
            >
              <span className="visually-hidden">{`${t('card.asset')}: `}</span>
              <span className={value === '' ? styles.text : `${styles.text} ${styles.mono}`}>
                {value || t('card.noAsset')}
              </span>
              {key ? <Kbd keys={key} /> : null}
            </button>
          }
        >
          <AssetPicker
            label={t('assets.pick.label')}
            autoFocus
            onPick={(asset) => void finish(links.bind(asset))}
            onText={(asset) => void finish(actions.edit({ asset }))}
          />
        </Popover>
      </dd>
    </>
  );
}
