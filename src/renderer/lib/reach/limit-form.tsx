import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReachLimit } from '../../../shared/contract/ladders.ts';
import type { Party } from '../../../shared/domain/reaching.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useDesk } from '../desk.ts';
import { useCommand } from '../use-command.ts';
import { wholeNumber } from './ladder-form.ts';
import styles from './ladder-editor.module.css';

/** When somebody is left alone, and how much they get in an hour. Given other limits it needs another key. */
export function LimitForm({ owner, limit }: { readonly owner: Party; readonly limit: ReachLimit }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [isQuiet, setQuiet] = useState(limit.quietFrom !== null);
  const [from, setFrom] = useState(toTime(limit.quietFrom ?? 22 * 60));
  const [to, setTo] = useState(toTime(limit.quietTo ?? 7 * 60));
  const [zone, setZone] = useState(limit.zone);
  const [hourly, setHourly] = useState(limit.hourlyLimit === null ? '' : String(limit.hourlyLimit));
  const [tried, setTried] = useState(false);
  const quietFrom = isQuiet ? toMinute(from) : null;
  const quietTo = isQuiet ? toMinute(to) : null;
  const number = hourly.trim() === '' ? null : wholeNumber(hourly);
  const isBadNumber = number === undefined || number === 0 || (number ?? 0) > 1000;
  const isSame = isQuiet && quietFrom !== undefined && quietFrom === quietTo;

  async function save(): Promise<void> {
    setTried(true);
    if (quietFrom === undefined || quietTo === undefined || isSame || isBadNumber) return;
    await command(
      () =>
        rpc.ladders.saveLimit({
          owner,
          limit: { quietFrom, quietTo, zone: zone.trim(), hourlyLimit: number ?? null },
        }),
      { done: t('ladders.limit.saved') },
    );
  }

  const timeError = (minute: number | null | undefined): string | undefined =>
    minute === undefined ? t('ladders.limit.badTime') : isSame ? t('ladders.limit.same') : undefined;

  return (
    <section className={styles.after} aria-label={t('ladders.limit.title')}>
      <h3>{t('ladders.limit.title')}</h3>
      <Switch
        label={t('ladders.limit.quiet')}
        description={t('ladders.limit.quietHint')}
        checked={isQuiet}
        onChange={setQuiet}
      />
      {isQuiet ? (
        <div className={styles.pair}>
          <Field
            label={t('ladders.limit.from')}
            kind="time"
            value={from}
            onChange={setFrom}
            error={tried ? timeError(quietFrom) : undefined}
          />
          <Field
            label={t('ladders.limit.to')}
            kind="time"
            value={to}
            onChange={setTo}
            error={tried ? timeError(quietTo) : undefined}
          />
          <Field
            label={t('ladders.limit.zone')}
            placeholder={t('ladders.limit.zoneHint')}
            value={zone}
            maxLength={60}
            onChange={setZone}
          />
        </div>
      ) : null}
      <Field
        label={t('ladders.limit.hourly')}
        description={t('ladders.limit.hourlyHint')}
        inputMode="numeric"
        value={hourly}
        maxLength={4}
        error={tried && isBadNumber ? t('ladders.limit.badHourly') : undefined}
        onChange={setHourly}
      />
      <div className={styles.foot}>
        <Button onClick={() => void save()}>{t('ladders.limit.save')}</Button>
      </div>
    </section>
  );
}

function toTime(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function toMinute(time: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(time) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return minute >= 0 && minute < 1440 ? minute : undefined;
}
