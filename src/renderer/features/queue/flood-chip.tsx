import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FloodView } from '../../../shared/contract/links.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './flood-chip.module.css';

/** The flood of a row: folded, the row stands for all of it. */
export type RowFlood = {
  readonly view: FloodView;
  readonly isFolded: boolean;
  readonly toggle: () => void;
};

export function FloodChip({ flood }: { readonly flood: RowFlood }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { view, isFolded, toggle } = flood;
  const title = t(`links.flood.kind.${view.kind}`, { title: view.title });
  const words = t('links.flood.line', {
    title,
    total: t('links.flood.count', { count: view.total }),
    time: format.when(view.startedAt, now),
  });
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      className={styles.chip}
      data-folded={isFolded || undefined}
      // The list is one stop of the keyboard; the key of the flood does the same.
      tabIndex={-1}
      aria-expanded={!isFolded}
      aria-label={isFolded ? words : t('links.flood.member', { title })}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        toggle();
      }}
    >
      <Icon size={12} aria-hidden="true" />
      {isFolded ? words : null}
    </button>
  );
}
