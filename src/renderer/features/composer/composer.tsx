import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../lib/failure.ts';
import { Button } from '../../ui/button.tsx';
import { BeginBar } from './begin-bar.tsx';
import { ComposerForm } from './composer-form.tsx';
import styles from './composer.module.css';
import { placeKey } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';
import { LeavingBar } from './leaving-bar.tsx';
import { useSlot } from './use-slot.ts';

/**
 * The letter being written in an incident: at the bottom of its card. Keys that begin one (reply, forward) belong to
 * the card, which knows the chosen letter and calls `composer.begin`.
 */
export function Composer({
  composer,
  incidentId,
  sourceId,
  onLook,
}: {
  readonly composer: ComposerStore;
  readonly incidentId: number;
  /** The letter that "Reply" answers; without one core takes the last. */
  readonly sourceId?: number | undefined;
  /** The person wants to see what a colleague answered. */
  readonly onLook?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const key = placeKey({ incidentId });
  const slot = useSlot(composer, key);
  const failureText = useFailureText();

  useEffect(() => {
    void composer.open(incidentId);
    return () => void composer.flush(key);
  }, [composer, incidentId, key]);

  return (
    <section className={styles.root} aria-label={t('composer.label')}>
      {slot.leaving ? <LeavingBar composer={composer} slotKey={key} leaving={slot.leaving} /> : null}
      {slot.status === 'failed' && slot.failure ? (
        <div className={styles.warning} role="alert">
          <div>
            <strong>{t('composer.loadFailed')}</strong>
            <p>{failureText(slot.failure)}</p>
          </div>
          <Button onClick={() => void composer.open(incidentId)}>{t('composer.retry')}</Button>
        </div>
      ) : null}
      {slot.draft ? (
        <ComposerForm composer={composer} slotKey={key} slot={slot} draft={slot.draft} onLook={onLook} />
      ) : (
        <BeginBar composer={composer} incidentId={incidentId} sourceId={sourceId} failure={slot.failure} />
      )}
    </section>
  );
}
