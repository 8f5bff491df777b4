import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useSecond } from '../../lib/ticker.ts';
import { Button } from '../../ui/button.tsx';
import styles from './composer.module.css';
import type { ComposerStore } from './composer-store.ts';

/** Somebody answered the same incident a moment ago: stop the hand once, then let it decide. */
export function ColleagueBar({
  composer,
  slotKey,
  personId,
  at,
  onLook,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly personId: number;
  readonly at: number;
  readonly onLook: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { people } = useDesk();
  const now = useSecond();
  const name = useStore(people, (state) => state.people.get(personId)?.name);
  const seconds = Math.max(1, Math.round((now - at) / 1000));

  return (
    <div className={styles.warning} role="alert">
      <div>
        <strong>
          {t('composer.colleague.title', { name: name ?? t('composer.colleague.somebody'), count: seconds })}
        </strong>
        <p>{t('composer.colleague.text')}</p>
      </div>
      <div className={styles.warningActions}>
        <Button
          autoFocus
          onClick={() => {
            composer.lookFirst(slotKey);
            onLook?.();
          }}
        >
          {t('composer.colleague.look')}
        </Button>
        <Button onClick={() => void composer.send(slotKey, true)}>{t('composer.colleague.force')}</Button>
      </div>
    </div>
  );
}
