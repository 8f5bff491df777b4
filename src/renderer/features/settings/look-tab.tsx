import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './settings.module.css';

const themes = ['system', 'dark', 'light'] as const;
const languages = ['ru', 'en'] as const;
const densities = ['compact', 'comfortable'] as const;

/** This person's screen; takes effect at once. */
export function LookTab({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const { t } = useTranslation();
  const { preferences, sound } = useDesk();
  const keys = useKeys();
  const values = useStore(preferences.store);

  return (
    <section className={styles.narrow} aria-label={t('settings.look.title')}>
      <div className={styles.labelled}>
        <span className={styles.caption}>{t('settings.look.theme')}</span>
        <Segmented
          label={t('settings.look.theme')}
          value={values.theme}
          options={themes.map((value) => ({ value, label: t(`settings.look.themes.${value}`) }))}
          onChange={(theme) => preferences.set({ theme })}
        />
      </div>
      <div className={styles.labelled}>
        <span className={styles.caption}>{t('settings.look.language')}</span>
        <Segmented
          label={t('settings.look.language')}
          value={values.language}
          options={languages.map((value) => ({ value, label: t(`settings.look.languages.${value}`) }))}
          onChange={(language) => preferences.set({ language })}
        />
      </div>
      <div className={styles.labelled}>
        <span className={styles.caption}>{t('settings.look.density')}</span>
        <Segmented
          label={t('settings.look.density')}
          value={values.density}
          options={densities.map((value) => ({ value, label: t(`settings.look.densities.${value}`) }))}
          onChange={(density) => preferences.set({ density })}
        />
      </div>
      <div className={styles.labelled}>
        <Switch
          label={t('settings.look.soundOn')}
          checked={values.soundOn}
          onChange={(soundOn) => preferences.set({ soundOn })}
        />
        <label className={styles.inline}>
          <span className={styles.caption}>{t('settings.look.volume')}</span>
          <input
            className={styles.range}
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={values.volume}
            disabled={!values.soundOn}
            onChange={(event) => preferences.set({ volume: Number(event.currentTarget.value) })}
            onPointerUp={() => sound.play('new')}
          />
        </label>
      </div>
      <div className={styles.labelled}>
        <span className={styles.caption}>{t('settings.look.keys')}</span>
        <p className={styles.faint}>{t('settings.look.keysText')}</p>
        <Button keys={keys('help')} onClick={onShowKeys}>
          {t('settings.look.keysOpen')}
        </Button>
      </div>
      <p className={styles.faint}>{t('settings.look.perPerson')}</p>
    </section>
  );
}
