import { Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useKeys } from '../lib/hotkeys.ts';
import { quietest, type Tone } from '../lib/sound.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Popover } from '../ui/popover.tsx';
import { Switch } from '../ui/switch.tsx';
import type { AppDesk } from './create-desk.ts';
import styles from './top-bar.module.css';

const tests: readonly (readonly [Tone, 'testNew' | 'testRisk' | 'testOverdue'])[] = [
  ['new', 'testNew'],
  ['risk', 'testRisk'],
  ['overdue', 'testOverdue'],
];

/** Whether alarms can be heard, how loud, and a try. */
export function SoundControl({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const state = useStore(desk.sound.store, (sound) => sound.state);
  const { soundOn, volume } = useStore(desk.preferences.store);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('frame.sound.title')}
      width={280}
      target={
        <IconButton
          label={t(`frame.sound.${state}`)}
          keys={keys('sound')}
          icon={state === 'ready' ? <Volume2 size={16} /> : <VolumeX size={16} color="var(--color-risk)" />}
          onClick={() => setOpen(!open)}
        />
      }
    >
      <div className={styles.stack}>
        <Switch
          label={t('frame.sound.on')}
          checked={soundOn}
          onChange={(on) => desk.preferences.set({ soundOn: on })}
        />
        <label className={styles.row}>
          <span className={styles.label}>{t('frame.sound.volume')}</span>
          <input
            type="range"
            className={styles.volume}
            min={quietest}
            max={1}
            step={0.05}
            value={volume}
            onChange={(event) => desk.preferences.set({ volume: Number(event.currentTarget.value) })}
          />
        </label>
        <div className={styles.row}>
          {tests.map(([tone, word]) => (
            <Button key={tone} onClick={() => desk.sound.play(tone)}>
              {t(`frame.sound.${word}`)}
            </Button>
          ))}
        </div>
        <Notifications />
      </div>
    </Popover>
  );
}

function Notifications() {
  const { t } = useTranslation();
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  );
  return (
    <div className={styles.row}>
      <span className={styles.label}>{t('frame.sound.notifications')}</span>
      {permission === 'default' ? (
        <Button onClick={() => void Notification.requestPermission().then(setPermission)}>
          {t('frame.sound.allow')}
        </Button>
      ) : (
        <span className={styles.label}>
          {t(permission === 'granted' ? 'frame.sound.allowed' : 'frame.sound.refused')}
        </span>
      )}
    </div>
  );
}
