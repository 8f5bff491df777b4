import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import styles from '../settings.module.css';
import { useWork } from './use-work.ts';

/** How far a backup, a check or a restore has come; nothing while none is under way. */
export function WorkLine() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const work = useWork();
  if (!work) return null;
  const { what, phase, done, total } = work;
  const words = {
    database: () => t('keeping.work.database'),
    files: () => t('keeping.work.files', { done, total }),
    check: () => t('keeping.work.checking', { done, total }),
  };
  const label = `${t(`keeping.work.${what}`)}: ${words[phase]()}`;
  return (
    <div className={styles.card} role="group" aria-label={t('keeping.work.title')}>
      <div className={styles.cardWords}>
        <span>{label}</span>
        <progress
          className={styles.progress}
          aria-label={label}
          max={Math.max(1, total)}
          value={phase === 'database' ? undefined : done}
        />
      </div>
      <Button onClick={() => void command(() => rpc.keeping.cancel({}))}>{t('keeping.work.cancel')}</Button>
    </div>
  );
}
