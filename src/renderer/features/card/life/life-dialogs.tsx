import { useTranslation } from 'react-i18next';
import type { CardData } from '../card-state.ts';
import { ClosingDialog } from '../closing/closing-dialog.tsx';
import type { CardDialog } from './card-dialog.ts';
import { TimedDialog } from './timed-dialog.tsx';
import type { LifeActions } from './use-life-actions.ts';
import type { Life } from './use-life.ts';

/** Whatever the card asks before it acts. */
export function LifeDialogs({
  dialog,
  data,
  life,
  actions,
  onClose,
}: {
  readonly dialog: CardDialog | null;
  readonly data: CardData;
  readonly life: Life | undefined;
  readonly actions: LifeActions;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { code } = data.row;
  switch (dialog?.kind) {
    case 'closing':
      return life ? (
        <ClosingDialog data={data} life={life} statusId={dialog.statusId} onClose={onClose} />
      ) : null;
    case 'postpone':
      return (
        <TimedDialog
          title={t('workflow.postpone.title', { code })}
          submitLabel={t('workflow.postpone.submit')}
          text={t('workflow.postpone.text')}
          field={{ label: t('workflow.postpone.reason'), placeholder: t('workflow.postpone.reasonHint') }}
          onChosen={async (until, reason) => (await actions.postpone(until, reason)) !== undefined}
          onClose={onClose}
        />
      );
    case 'remind':
      return (
        <TimedDialog
          title={t('workflow.remind.title', { code })}
          submitLabel={t('workflow.remind.submit')}
          field={{
            label: t('workflow.remind.textLabel'),
            placeholder: t('workflow.remind.textHint'),
            description: t('workflow.remind.own'),
          }}
          onChosen={async (at, text) => (await actions.remind(at, text)) !== undefined}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}
