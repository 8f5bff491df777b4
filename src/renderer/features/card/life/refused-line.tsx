import { TimerOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { Button } from '../../../ui/button.tsx';
import { StateLine } from '../state-line.tsx';
import { shortProblems } from './short-problems.ts';
import type { Life } from './use-life.ts';

/** Silence should have closed it: why it could not, and the way to do it now. */
export function RefusedLine({
  problems,
  onMend,
}: {
  readonly problems: Life['problems'];
  readonly onMend: (statusId: number) => void;
}) {
  const { t } = useTranslation();
  const { reference } = useDesk();
  const closed = useStore(reference, ({ statuses }) =>
    [...statuses.values()].find(({ key }) => key === 'closed'),
  );
  const isReady = problems.length === 0;
  return (
    <StateLine
      icon={<TimerOff size={14} />}
      tone="risk"
      actions={
        closed ? (
          <Button onClick={() => onMend(closed.id)}>
            {t(isReady ? 'workflow.lines.close' : 'workflow.lines.mend')}
          </Button>
        ) : null
      }
    >
      <b>
        {isReady
          ? t('workflow.lines.refusedReady')
          : t('workflow.lines.refused', { what: shortProblems(problems, t) })}
      </b>
    </StateLine>
  );
}
