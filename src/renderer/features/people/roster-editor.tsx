import { useTranslation } from 'react-i18next';
import type { RosterRule } from '../../../shared/contract/session.ts';
import { useDesk } from '../../lib/desk.ts';
import { PlanEditor } from '../../lib/roster/plan-editor.tsx';
import { useCommand } from '../../lib/use-command.ts';
import styles from './people.module.css';

/** The weekly plan of one person. */
export function RosterEditor({
  personId,
  rules,
  zone,
}: {
  readonly personId: number;
  readonly rules: readonly RosterRule[];
  readonly zone: string;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  return (
    <section className={styles.roster} aria-label={t('people.roster.title')}>
      <h2>{t('people.roster.title')}</h2>
      <PlanEditor
        rules={rules}
        zone={zone}
        none={t('people.roster.none')}
        help={t('people.roster.help', { zone })}
        onSave={(ready) =>
          command(() => rpc.people.saveRoster({ personId, rules: ready }), {
            done: t('people.roster.saved'),
          })
        }
      />
    </section>
  );
}
