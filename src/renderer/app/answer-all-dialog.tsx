import { useTranslation } from 'react-i18next';
import { AnswerAll } from '../features/floods/answer-all.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** One text for everybody who was chosen in the queue; it stays until closed, so that all can be taken back. */
export function AnswerAllDialog({
  incidentIds,
  onClose,
}: {
  readonly incidentIds: readonly number[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={onClose} title={t('links.answer.title')} closeLabel={t('common.close')} width={640}>
      <AnswerAll floodId={null} incidentIds={incidentIds} answer={null} />
    </Dialog>
  );
}
