import styles from './send-glyph.module.css';

export type SendState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'delivered'
  | 'read'
  | 'acknowledged'
  | 'failed'
  | 'unknown'
  | 'cancelled';

const glyphs: Record<SendState, string> = {
  queued: '◷',
  sending: '◷',
  accepted: '✓',
  delivered: '✓',
  read: '✓✓',
  acknowledged: '☑',
  failed: '✕',
  unknown: '?',
  cancelled: '–',
};

/** One glyph for how far a sent thing got; `delivered` wears a ring. */
export function SendGlyph({ state, label }: { readonly state: SendState; readonly label: string }) {
  return (
    <span className={styles.glyph} data-state={state} role="img" aria-label={label} title={label}>
      {glyphs[state]}
    </span>
  );
}
