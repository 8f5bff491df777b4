import { useTranslation } from 'react-i18next';
import type { QueueFilter } from '../../../shared/contract/incidents.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useFormat } from '../../lib/use-format.ts';
import { pillFilter, pillOf, type QueueCounts } from './queue-state.ts';
import styles from './pills.module.css';

const pills = ['mine', 'all', 'unassigned', 'overdue'] as const;
type Pill = (typeof pills)[number];

const shortcutOf = {
  mine: 'pillMine',
  all: 'pillAll',
  unassigned: 'pillUnassigned',
  overdue: 'pillOverdue',
} as const;

/** The four questions a dispatcher asks all day, with their answers as numbers. */
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

  const numbers: Record<Pill, number | undefined> = {
    mine: counts?.mine,
    all: counts?.open,
    unassigned: counts?.unassigned,
    overdue: counts?.overdue,
  };
  return (
    <div className={styles.pills}>
      {pills.map((pill) => (
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
