import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { fromWall, nextTime } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './life.module.css';

const hourMs = 3_600_000;
const evening = 18;
const morning = 9;

/** Times that are wanted most, each a press, and any other as a date and time of the desk's zone. */
export function TimeChoice({
  text,
  onText,
  onQuick,
  error,
}: {
  /** Of the field, as typed. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onQuick: (at: number) => void;
  readonly error: string | undefined;
}) {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const zone = useZone();
  const format = useFormat();
  const now = ticker.second();
  const tonight = nextTime(now, zone, evening);
  return (
    <>
      <div className={styles.quick} role="group" aria-label={t('workflow.postpone.quick')}>
        <Button onClick={() => onQuick(ticker.second() + hourMs)}>{t('workflow.postpone.hour')}</Button>
        {tonight > now ? (
          <Button onClick={() => onQuick(tonight)}>{t('workflow.postpone.evening')}</Button>
        ) : null}
        <Button onClick={() => onQuick(nextTime(now, zone, morning, 1))}>
          {t('workflow.postpone.tomorrow')}
        </Button>
      </div>
      <Field
        kind="datetime-local"
        label={t('workflow.postpone.at')}
        description={t('workflow.postpone.zone', { zone: format.zoneName })}
        value={text}
        onChange={onText}
        error={error}
      />
    </>
  );
}

/** What the field says in the zone of the desk; null while it says nothing, or something that is over. */
export function useChosenTime(text: string): number | null {
  const { ticker } = useDesk();
  const at = fromWall(text, useZone());
  return at !== null && at > ticker.second() ? at : null;
}

function useZone(): string {
  const { shell } = useDesk();
  return useStore(shell, (state) => state.zone);
}
