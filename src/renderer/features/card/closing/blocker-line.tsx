import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { formatRoute } from '../../../lib/router.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import type { Wanted } from './closing-form.ts';
import styles from './closing.module.css';

/** What must be closed first, or is not what it depends on after all. */
export function BlockerLine({
  blocker,
  incidentId,
}: {
  readonly blocker: Wanted['blockers'][number];
  readonly incidentId: number;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const { code, incidentId: otherId, why } = blocker;
  const role = why === 'subtask' ? 'subtask' : 'depends-on';
  const unlink = () =>
    command(() => rpc.links.remove({ incidentId, otherId, role }), {
      done: t('workflow.closing.unlinked', { code }),
    });
  return (
    <li className={styles.line}>
      <span>{t(`workflow.closing.problem.${why}`, { code })}</span>
      <span className={styles.buttons}>
        <a href={formatRoute({ page: 'queue', incidentId: otherId })}>
          {t('workflow.closing.openBlocker', { code })}
        </a>
        <Button onClick={() => void unlink()}>
          {t('workflow.closing.unlink')}
          <span className="visually-hidden">{` ${code}`}</span>
        </Button>
      </span>
    </li>
  );
}
