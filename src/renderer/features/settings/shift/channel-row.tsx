import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelView, ShiftSettings } from '../../../../shared/contract/shift.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { toNumber } from './shift-form.tsx';
import styles from './shift-tab.module.css';
import { useBounds } from './use-bounds.ts';

const own = 'own';

/** Whether one channel is watched, and how closely; saved with each choice. */
export function ChannelRow({
  channel,
  settings,
}: {
  readonly channel: ChannelView;
  readonly settings: ShiftSettings;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const bounds = useBounds();
  const { source, name, enabled, bound, minMinutes } = channel;
  const [minutes, setMinutes] = useState(minMinutes === null ? '' : String(minMinutes));
  const parsed = minutes.trim() === '' ? null : toNumber(minutes, [5, 720]);

  const save = (change: Partial<Pick<ChannelView, 'enabled' | 'bound' | 'minMinutes'>>): void => {
    const next = { source, enabled, bound, minMinutes, ...change };
    void command(() => rpc.shift.saveChannel(next), { done: t('settings.saved') });
  };

  return (
    <div className={styles.channel}>
      <Switch
        label={
          <>
            {name}
            <span className="visually-hidden"> {t('shift.settings.watch', { name })}</span>
          </>
        }
        checked={enabled}
        onChange={(next) => save({ enabled: next })}
      />
      <Field
        name={t('shift.settings.minutesOf', { name })}
        inputMode="numeric"
        value={minutes}
        placeholder={String(settings.silenceMinutes)}
        error={parsed === undefined ? t('shift.settings.badNumber', { min: 5, max: 720 }) : undefined}
        onChange={setMinutes}
        onBlur={() => {
          if (parsed !== undefined && parsed !== minMinutes) save({ minMinutes: parsed });
        }}
      />
      <Select
        name={t('shift.settings.boundOf', { name })}
        value={bound === null ? own : String(bound)}
        options={[{ value: own, label: t('shift.settings.boundOwn') }, ...bounds]}
        onChange={(value) => save({ bound: value === null || value === own ? null : Number(value) })}
      />
    </div>
  );
}
