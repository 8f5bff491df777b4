import { classNames } from './class-names.ts';
import styles from './status-glyph.module.css';

export type Urgency = 'calm' | 'risk' | 'overdue' | 'done' | 'quiet';

const shapes: Record<Urgency, string> = { calm: '▪', risk: '▲', overdue: '!', done: '✓', quiet: '▪' };

/** Urgency as colour and shape; `label` is the word for those who see neither. */
export function StatusGlyph({ urgency, label }: { readonly urgency: Urgency; readonly label: string }) {
  return (
    <span className={classNames(styles.glyph, styles[urgency])} role="img" aria-label={label}>
      {shapes[urgency]}
    </span>
  );
}
