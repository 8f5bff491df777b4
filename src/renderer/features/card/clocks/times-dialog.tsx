import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ClockDetail } from '../../../../shared/contract/clocks.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { fromWall, toWall } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './clocks.module.css';

type Times = { readonly startedAt: number | null; readonly endedAt: number | null };

const aheadMs = 5 * 60_000;
const minuteMs = 60_000;

/** Begin and end of works as they were, to the minute; what is not touched keeps its seconds. */
export function TimesDialog({
  name,
  clock,
  earliest,
  onClose,
  onSave,
}: {
  readonly name: string;
  readonly clock: Partial<Pick<ClockDetail, 'startedAt' | 'endedAt'>>;
  readonly earliest: number;
  readonly onClose: () => void;
  readonly onSave: (times: Times) => Promise<void>;
}) {
  const { t } = useTranslation();
  const { shell, ticker } = useDesk();
  const zone = useStore(shell, (state) => state.zone);
  const format = useFormat();
  const [tried, setTried] = useState(false);
  const begun = clock.startedAt;
  const ended = clock.endedAt ?? undefined;
  const [start, setStart] = useState(() => toWall(begun ?? ticker.second(), zone));
  const [end, setEnd] = useState(() => (ended === undefined ? '' : toWall(ended, zone)));
  const startedAt = read(start, begun, zone);
  const endedAt = end === '' ? null : read(end, ended, zone);
  const latest = ticker.second() + aheadMs;

  const startError =
    startedAt === null || startedAt > latest
      ? t('clocks.times.badStart')
      : startedAt < earliest
        ? t('clocks.times.tooEarly', { at: format.full(earliest) })
        : undefined;
  const endError =
    end === ''
      ? undefined
      : endedAt === null || endedAt > latest
        ? t('clocks.times.badEnd')
        : startedAt !== null && endedAt < startedAt
          ? t('clocks.times.endFirst')
          : undefined;

  function save(): void {
    setTried(true);
    if (startError === undefined && endError === undefined) void onSave({ startedAt, endedAt });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('clocks.times.title', { name })}
      closeLabel={t('common.close')}
      width={440}
      footer={
        <>
          {begun === undefined ? null : (
            <Button kind="danger" onClick={() => void onSave({ startedAt: null, endedAt: null })}>
              {t('clocks.times.never')}
            </Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" onClick={save}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className={styles.times}>
        <Field
          kind="datetime-local"
          label={t('clocks.times.start')}
          description={t('clocks.times.zone', { zone: format.zoneName })}
          value={start}
          onChange={setStart}
          error={tried ? startError : undefined}
          autoFocus
        />
        <Field
          kind="datetime-local"
          label={t('clocks.times.end')}
          description={t('clocks.times.endHint')}
          value={end}
          onChange={setEnd}
          error={tried ? endError : undefined}
        />
      </div>
    </Dialog>
  );
}

/** A field shows minutes: a moment whose minute was not changed keeps its seconds. */
function read(text: string, before: number | undefined, zone: string): number | null {
  const at = fromWall(text, zone);
  if (at === null || before === undefined) return at;
  return Math.floor(before / minuteMs) * minuteMs === at ? before : at;
}
