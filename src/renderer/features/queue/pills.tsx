import { useTranslation } from 'react-i18next';
import type { QueueFilter } from '../../../shared/contract/incidents.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useFormat } from '../../lib/use-format.ts';
import { pillFilter, pillOf, pills, type Pill, type QueueCounts } from './queue-state.ts';
import styles from './pills.module.css';

const shortcutOf = {
  mine: 'pillMine',
  all: 'pillAll',
  unassigned: 'pillUnassigned',
  overdue: 'pillOverdue',
  postponed: 'pillPostponed',
} as const;

/** The questions a dispatcher asks all day, with their answers as numbers. */
export function Pills({
  filter,
  counts,
  personId,
  onChoose,
}: {
  readonly filter: QueueFilter;
  readonly counts: QueueCounts | null;
  readonly personId: number;
  readonly onChoose: (filter: QueueFilter) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useKeys();
  const chosen = pillOf(filter, personId);
  const choose = (pill: Pill): void => onChoose(pillFilter(pill, personId));

  useShortcut('pillMine', () => choose('mine'));
  useShortcut('pillAll', () => choose('all'));
  useShortcut('pillUnassigned', () => choose('unassigned'));
  useShortcut('pillOverdue', () => choose('overdue'));
  useShortcut('pillPostponed', () => choose('postponed'));

  const numbers: Record<Pill, number | undefined> = {
    mine: counts?.mine,
    all: counts?.open,
    unassigned: counts?.unassigned,
    overdue: counts?.overdue,
    postponed: counts?.postponed,
  };
  // Most of the day nothing waits: then its place is not taken.
  const shown = pills.filter((pill) => pill !== 'postponed' || chosen === pill || Boolean(numbers[pill]));
  return (
    <div className={styles.pills}>
      {shown.map((pill) => (
        <button
          key={pill}
          type="button"
          className={styles.pill}
          data-alert={(pill === 'overdue' || pill === 'unassigned') && numbers[pill] ? pill : undefined}
          aria-pressed={chosen === pill}
          title={keys(shortcutOf[pill])}
          onClick={() => choose(pill)}
        >
          {t(`queue.pills.${pill}`)}
          <span className={styles.count}>
            {numbers[pill] === undefined ? '' : format.number(numbers[pill])}
          </span>
        </button>
      ))}
    </div>
  );
}
