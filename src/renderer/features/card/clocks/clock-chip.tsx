import { useTranslation } from 'react-i18next';
import type { ClockDetail } from '../../../../shared/contract/clocks.ts';
import { readoutOf } from '../../../lib/clock-text.ts';
import { useKeys } from '../../../lib/hotkeys.ts';
import { useSecond } from '../../../lib/ticker.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';
import styles from './clocks.module.css';
import { useReason } from './use-reason.ts';

/** One clock: its name, what is left and in what state, told by colour, shape and words; a press opens what to do. */
export function ClockChip({
  clock,
  name,
  typed,
  onBrake,
  onEnd,
  onTimes,
  onWhy,
}: {
  readonly clock: ClockDetail;
  readonly name: string;
  /** Without a type its length is not known yet. */
  readonly typed: boolean;
  readonly onBrake: () => void;
  readonly onEnd: () => void;
  readonly onTimes: () => void;
  readonly onWhy: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useKeys();
  const now = useSecond();
  const reason = useReason();
  const { state, urgency, leftMs } = readoutOf(clock, now);
  const word = clock.merged ? t('clocks.merged') : state === 'none' ? '' : t(`queue.clock.${state}`);
  const noTarget = !typed && clock.kind === 'sla' ? t('queue.clock.noType') : t('clocks.elapsed');
  const ticking =
    leftMs !== null
      ? format.countdown(leftMs)
      : clock.pausedAt !== null && clock.remainingMs !== null
        ? format.countdown(clock.remainingMs)
        : state === 'no-target' && clock.work
          ? format.countdown(Math.max(0, now - clock.startedAt))
          : '';
  const running = clock.endedAt === null;
  const items: MenuItem[] = [
    ...(running && clock.work ? [{ key: 'end', label: t('clocks.menu.end'), onSelect: onEnd }] : []),
    ...(running
      ? [
          {
            key: 'pause',
            label: t(clock.pausedAt === null ? 'clocks.menu.pause' : 'clocks.menu.resume'),
            ...(clock.kind === 'sla' ? { keys: keys('pause') } : {}),
            onSelect: onBrake,
          },
        ]
      : []),
    ...(clock.work ? [{ key: 'times', label: t('clocks.menu.times'), onSelect: onTimes }] : []),
    { key: 'why', label: t('clocks.menu.why'), keys: keys('tabWhy'), onSelect: onWhy },
  ];
  const until = untilText();
  return (
    <Menu
      items={items}
      target={
        <button
          type="button"
          className={styles.chip}
          data-urgency={urgency}
          data-ended={running ? undefined : ''}
          data-ticking={ticking ? '' : undefined}
          title={until || undefined}
        >
          <span aria-hidden="true">
            <StatusGlyph urgency={urgency} label={word} />
          </span>
          <span className={styles.name}>{name}</span>
          {ticking ? <b className={styles.number}>{ticking}</b> : null}
          <span className={state === 'running' ? 'visually-hidden' : styles.word}>
            {state === 'no-target' ? noTarget : word}
          </span>
          {until ? (
            <span className={clock.pausedAt === null ? 'visually-hidden' : styles.until}>{until}</span>
          ) : null}
        </button>
      }
    />
  );

  function untilText(): string {
    if (clock.endedAt !== null) return format.when(clock.endedAt, now);
    if (clock.pausedAt !== null) return reason(clock.pauseReason);
    return clock.dueAt === null ? '' : t('card.clock.until', { at: format.when(clock.dueAt, now) });
  }
}
