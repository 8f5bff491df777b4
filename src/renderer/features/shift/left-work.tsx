import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './shift.module.css';
import { useNames } from './use-names.ts';

type Left = { readonly personId: number; readonly count: number; readonly urgent: number };

/** Work of people who are gone: one press gives it to those who are there. */
export function LeftWork({ left }: { readonly left: readonly Left[] }) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const names = useNames();
  if (left.length === 0) return null;
  return (
    <Notice tone="risk" title={t('shift.left.title')}>
      <ul className={styles.items}>
        {left.map(({ personId, count, urgent }) => (
          <li key={personId} className={styles.row}>
            <span>{t('shift.left.line', { name: names.person(personId), count })}</span>
            {urgent > 0 ? (
              <span className={styles.faint}>{t('shift.left.urgent', { count: urgent })}</span>
            ) : null}
            <Button
              label={t('shift.left.spreadOf', { name: names.person(personId) })}
              onClick={() =>
                void command(() => rpc.shift.giveOut({ personId, work: { how: 'spread' } }), {
                  done: ({ moved }) => t('shift.left.done', { count: moved }),
                })
              }
            >
              {t('shift.left.spread')}
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
