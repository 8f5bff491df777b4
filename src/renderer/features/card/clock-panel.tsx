import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClockView, IncidentRow } from '../../../shared/contract/incidents.ts';
import { readoutOf } from '../../lib/clock-text.ts';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './clock-panel.module.css';
import { PauseDialog } from './pause-dialog.tsx';

/** The running deadline as a number, a bar and words, with its brake. */
export function ClockPanel({ row }: { readonly row: IncidentRow }) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const keys = useKeys();
  const [asking, setAsking] = useState(false);
  const { clock } = row;
  const running = clock !== null && clock.endedAt === null;
  const paused = running && clock.pausedAt !== null;
  const { id, revision: expected, code } = row;

  const resume = () =>
    command(() => rpc.incidents.resumeClock({ id, expected }), { done: t('card.done.resumed', { code }) });
  const brake = (): void => (paused ? void resume() : setAsking(true));
  useShortcut('pause', brake, running);

  if (!clock) return null;
  return (
    <div className={styles.panel}>
      <Reading clock={clock} typed={row.typeId !== null} />
      {running ? (
        <IconButton
          label={t(paused ? 'card.clock.resume' : 'card.clock.pause')}
          keys={keys('pause')}
          icon={paused ? <Play size={16} /> : <Pause size={16} />}
          onClick={brake}
        />
      ) : null}
      {asking ? (
        <PauseDialog
          onClose={() => setAsking(false)}
          onPause={async (reason) => {
            const done = await command(() => rpc.incidents.pauseClock({ id, expected, reason }), {
              done: t('card.done.paused', { code }),
            });
            if (done) setAsking(false);
          }}
        />
      ) : null}
    </div>
  );
}

function Reading({ clock, typed }: { readonly clock: ClockView; readonly typed: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { state, urgency, leftMs } = readoutOf(clock, now);
  const word = state === 'none' ? '' : t(`queue.clock.${state}`);
  const share =
    clock.targetMs !== null && leftMs !== null ? Math.min(1, Math.max(0, 1 - leftMs / clock.targetMs)) : null;

  return (
    <div className={styles.reading} data-urgency={urgency}>
      <div className={styles.line}>
        <StatusGlyph urgency={urgency} label={word} />
        <b className={styles.number}>
          {leftMs === null
            ? state === 'no-target' && !typed
              ? t('queue.clock.noType')
              : word
            : format.countdown(leftMs)}
        </b>
        <span className={styles.word}>{leftMs === null ? '' : word}</span>
        <span className={styles.until} title={clock.dueAt ? format.full(clock.dueAt) : undefined}>
          <Until clock={clock} now={now} />
        </span>
      </div>
      {share === null ? null : (
        <div
          className={styles.bar}
          role="progressbar"
          aria-label={t('card.clock.title')}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ inlineSize: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}

function Until({ clock, now }: { readonly clock: ClockView; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (clock.endedAt !== null) return t('card.clock.finished', { at: format.when(clock.endedAt, now) });
  if (clock.pausedAt !== null) {
    const left =
      clock.remainingMs === null ? '' : t('card.clock.kept', { left: format.countdown(clock.remainingMs) });
    return [clock.pauseReason, left].filter(Boolean).join(' · ');
  }
  if (clock.dueAt === null) return t('card.clock.noTarget');
  const at = format.when(clock.dueAt, now);
  return t(clock.dueAt < now ? 'card.clock.was' : 'card.clock.until', { at });
}
