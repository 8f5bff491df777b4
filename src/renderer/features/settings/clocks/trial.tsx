import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeadlineStep } from '../../../../shared/contract/incidents.ts';
import type { DayHours } from '../../../../shared/domain/working-calendar.ts';
import { useDesk } from '../../../lib/desk.ts';
import { formatFor } from '../../../lib/format.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { toWall } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './clocks.module.css';

type Hours = {
  readonly zone: string;
  readonly aroundTheClock: boolean;
  readonly week: readonly DayHours[];
  readonly holidays: boolean;
};
type Result = { readonly dueAt: number; readonly zone: string; readonly steps: readonly DeadlineStep[] };

/** Where a deadline would fall by the hours in the form, before they are saved. */
export function Trial({ hours }: { readonly hours: Hours | undefined }) {
  const { t } = useTranslation();
  const { rpc, ticker, shell, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const zone = useStore(shell, (state) => state.zone);
  const command = useCommand();
  const [from, setFrom] = useState(() => toWall(ticker.second(), hours?.zone || zone));
  const [length, setLength] = useState('8');
  const [result, setResult] = useState<Result>();
  const [tried, setTried] = useState(false);
  const minutes = Math.round(Number(length.replace(',', '.')) * 60);
  const isReady = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(from) && minutes >= 1 && minutes <= 525_600;

  async function run(): Promise<void> {
    setTried(true);
    if (!isReady || !hours) return;
    const week = hours.week.map((day) => day.map(([start, stop]): [number, number] => [start, stop]));
    setResult(await command(() => rpc.clocks.tryOut({ ...hours, week, from, minutes })));
  }

  const format = formatFor(language, result?.zone ?? zone);
  return (
    <fieldset className={styles.trial}>
      <legend>{t('clocks.settings.trial.title')}</legend>
      <Field
        kind="datetime-local"
        label={t('clocks.settings.trial.from')}
        value={from}
        onChange={setFrom}
        error={tried && !isReady ? t('clocks.settings.trial.bad') : undefined}
      />
      <Field
        label={t('clocks.settings.trial.hours')}
        inputMode="numeric"
        value={length}
        onChange={setLength}
      />
      <div>
        <Button disabled={!hours} onClick={() => void run()}>
          {t('clocks.settings.trial.run')}
        </Button>
      </div>
      <div role="status">
        {result ? (
          <>
            <b>{t('clocks.settings.trial.result', { at: format.full(result.dueAt), zone: result.zone })}</b>
            <ol className={styles.trialSteps}>
              {result.steps.map(({ step, at, facts }) => (
                <li key={at}>
                  {format.date(at)}: {step === 'skipped' ? dayWords(facts) : String(facts['text'] ?? '')}
                </li>
              ))}
            </ol>
          </>
        ) : null}
      </div>
    </fieldset>
  );

  function dayWords({ kind, name }: DeadlineStep['facts']): string {
    const known = kind === 'off' || kind === 'short' || kind === 'work' ? t(`clocks.day.${kind}`) : '';
    return [known, String(name ?? '')].filter((part) => part !== '').join(': ');
  }
}
