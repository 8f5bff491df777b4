import { Star as StarIcon } from 'lucide-react';
import styles from './star.module.css';

/** A sign, never alone the way to tell: whoever shows it names it. */
export function Star({
  level,
  size = 16,
}: {
  readonly level: 'normal' | 'important' | null;
  readonly size?: number;
}) {
  return <StarIcon size={size} aria-hidden="true" className={styles.star} data-level={level ?? 'none'} />;
}
