import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { z } from 'zod';
import type { PultContract } from '../../shared/contract/index.ts';
import { useCommand } from '../lib/use-command.ts';
import { Menu } from '../ui/menu.tsx';
import type { AppDesk } from './create-desk.ts';
import styles from './top-bar.module.css';

type Shift = z.infer<PultContract['training']['state']['output']>['shift'];

const speeds = [0.5, 1, 4, 15, 60] as const;
const burst = 5;
const lookEveryMs = 5000;

/** Says that the shift is a lesson, and how fast it plays; absent at a real desk. */
export function TrainingControl({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  const command = useCommand();
  const demo = useStore(desk.shell, (state) => state.description?.demo ?? false);
  const { shift, look } = useShift(desk, demo);
  if (!shift) return null;

  const control = async (change: { speed?: number; paused?: boolean; burst?: number }): Promise<void> => {
    await command(() => desk.rpc.training.control(change));
    look();
  };
  return (
    <Menu
      target={
        <button type="button" className={styles.item} data-training>
          {shift.paused ? t('frame.training.paused') : t('frame.training.chip', { speed: shift.speed })}
        </button>
      }
      items={[
        { key: 'about', heading: t('frame.training.about', { sent: shift.sent, planned: shift.planned }) },
        {
          key: 'pause',
          label: t(shift.paused ? 'frame.training.resume' : 'frame.training.pause'),
          onSelect: () => void control({ paused: !shift.paused }),
        },
        {
          key: 'burst',
          label: t('frame.training.burst', { count: burst }),
          onSelect: () => void control({ burst }),
        },
        { key: 'speed', heading: t('frame.training.speed') },
        ...speeds.map((speed) => ({
          key: String(speed),
          label: t('frame.training.times', { speed }),
          checked: shift.speed === speed,
          onSelect: () => void control({ speed }),
        })),
      ]}
    />
  );
}

function useShift(desk: AppDesk, demo: boolean): { readonly shift: Shift; readonly look: () => void } {
  const [shift, setShift] = useState<Shift>(null);
  const look = useCallback(() => {
    desk.rpc.training.state({}).then(
      (answer) => setShift(answer.shift),
      // The next look will tell.
      () => undefined,
    );
  }, [desk]);
  useEffect(() => {
    if (!demo) return undefined;
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [demo, look]);
  return { shift: demo ? shift : null, look };
}
