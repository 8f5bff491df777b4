import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftSettings } from '../../../../shared/contract/shift.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from './shift-tab.module.css';
import { useBounds } from './use-bounds.ts';

const limits = {
  handoverMinutes: [1, 240],
  shellAfterMinutes: [1, 60],
  silenceMinutes: [5, 720],
} as const;
type NumberKey = keyof typeof limits;

export function ShiftForm({ settings }: { readonly settings: ShiftSettings }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const bounds = useBounds();
  const [form, setForm] = useState(settings);
  const [texts, setTexts] = useState<Record<NumberKey, string>>({
    handoverMinutes: String(settings.handoverMinutes),
    shellAfterMinutes: String(settings.shellAfterMinutes),
    silenceMinutes: String(settings.silenceMinutes),
  });
  const isBad = (key: NumberKey): boolean => toNumber(texts[key], limits[key]) === undefined;
  const bad = (Object.keys(limits) as NumberKey[]).some(isBad);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (bad) return;
    const numbers = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Number(text)]));
    await command(() => rpc.shift.saveSettings({ settings: { ...form, ...numbers } }), {
      done: t('settings.saved'),
    });
  }

  const number = (key: NumberKey) => (
    <div className={styles.number}>
      <Field
        label={t(`shift.settings.${key}`)}
        inputMode="numeric"
        value={texts[key]}
        error={
          isBad(key) ? t('shift.settings.badNumber', { min: limits[key][0], max: limits[key][1] }) : undefined
        }
        onChange={(text) => setTexts({ ...texts, [key]: text })}
      />
    </div>
  );

  return (
    <form
      className={styles.stack}
      aria-label={t('settings.tabs.shift')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <h2 className={styles.heading}>{t('shift.settings.handover')}</h2>
      {number('handoverMinutes')}
      <div>
        <p className={styles.caption} aria-hidden="true">
          {t('shift.settings.leftWork')}
        </p>
        <Segmented
          label={t('shift.settings.leftWork')}
          value={form.leftWork}
          options={[
            { value: 'offer', label: t('shift.settings.leftOffer') },
            { value: 'spread', label: t('shift.settings.leftSpread') },
          ]}
          onChange={(leftWork) => setForm({ ...form, leftWork })}
        />
        <p className={styles.faint}>{t('shift.settings.leftHint')}</p>
      </div>
      {number('shellAfterMinutes')}
      <h2 className={styles.heading}>{t('shift.settings.silence')}</h2>
      <p className={styles.faint}>{t('shift.settings.intro')}</p>
      <Switch
        label={t('shift.settings.silenceOn')}
        checked={form.silence}
        onChange={(silence) => setForm({ ...form, silence })}
      />
      {number('silenceMinutes')}
      <Select
        label={t('shift.settings.bound')}
        value={String(form.silenceBound)}
        options={bounds}
        onChange={(value) => {
          if (value !== null) setForm({ ...form, silenceBound: Number(value) });
        }}
      />
      <Switch
        label={t('shift.settings.closes')}
        checked={form.silenceCloses}
        onChange={(silenceCloses) => setForm({ ...form, silenceCloses })}
      />
      <div>
        <Button kind="primary" type="submit" disabled={bad}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}

/** undefined for what is no whole number within the limits. */
export function toNumber(text: string, [min, max]: readonly [number, number]): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= min && value <= max ? value : undefined;
}
