import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShortcut } from '../../lib/hotkeys.ts';
import { ComposerForm } from './composer-form.tsx';
import styles from './composer.module.css';
import type { ComposerStore } from './composer-store.ts';
import { LeavingBar } from './leaving-bar.tsx';
import { useSlot } from './use-slot.ts';

/** A letter that belongs to no incident yet: a panel over the corner that hides nothing of the queue's list. */
export function NewLetter({ composer }: { readonly composer: ComposerStore }) {
  const { t } = useTranslation();
  const slot = useSlot(composer, 'new');
  const shown = useStore(composer.state, (state) => state.newShown);
  const stands = shown && slot.draft !== undefined;

  useShortcut('newLetter', () => void composer.begin(null, 'new'));

  useEffect(() => {
    if (slot.leaving && !slot.draft) composer.showNew(false);
  }, [composer, slot.leaving, slot.draft]);

  if (!stands && !slot.leaving) return null;
  return (
    <div className={styles.panel} role="dialog" aria-modal="false" aria-label={t('composer.title.new')}>
      {slot.leaving ? <LeavingBar composer={composer} slotKey="new" leaving={slot.leaving} /> : null}
      {stands && slot.draft ? (
        <ComposerForm
          composer={composer}
          slotKey="new"
          slot={slot}
          draft={slot.draft}
          onClose={() => composer.showNew(false)}
        />
      ) : null}
    </div>
  );
}
