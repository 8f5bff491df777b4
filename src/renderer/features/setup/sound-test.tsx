import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './setup.module.css';

/** Only a person can say whether it was heard. */
export function SoundTest() {
  const { t } = useTranslation();
  const { sound } = useDesk();
  const [state, setState] = useState<'idle' | 'asking' | 'heard' | 'silent'>('idle');

  async function play(): Promise<void> {
    await sound.unlock();
    setState(sound.play('new') ? 'asking' : 'silent');
  }

  return (
    <section className={styles.signal} aria-label={t('setup.signals.sound')}>
      <h3 className={styles.caption}>{t('setup.signals.sound')}</h3>
      <div className={styles.buttons}>
        <Button autoFocus onClick={() => void play()}>
          {t('setup.signals.soundTest')}
        </Button>
        {state === 'asking' ? (
          <>
            <span role="status">{t('setup.signals.soundHeard')}</span>
            <Button onClick={() => setState('heard')}>{t('setup.signals.yes')}</Button>
            <Button onClick={() => setState('silent')}>{t('setup.signals.no')}</Button>
          </>
        ) : null}
      </div>
      {state === 'heard' ? <Notice tone="good">{t('setup.signals.soundOk')}</Notice> : null}
      {state === 'silent' ? (
        <Notice tone="risk" alert>
          {t('setup.signals.soundNo')}
        </Notice>
      ) : null}
    </section>
  );
}
