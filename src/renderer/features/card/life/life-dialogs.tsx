import type { CardData } from '../card-state.ts';
import { ClosingDialog } from '../closing/closing-dialog.tsx';
import type { CardDialog } from './card-dialog.ts';
import { PostponeDialog } from './postpone-dialog.tsx';
import { RemindDialog } from './remind-dialog.tsx';
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
  const { code } = data.row;
  switch (dialog?.kind) {
    case 'closing':
      return life ? (
        <ClosingDialog data={data} life={life} statusId={dialog.statusId} onClose={onClose} />
      ) : null;
    case 'postpone':
      return (
        <PostponeDialog
          code={code}
          onPostpone={async (until, reason) => (await actions.postpone(until, reason)) !== undefined}
          onClose={onClose}
        />
      );
    case 'remind':
      return (
        <RemindDialog
          code={code}
          onRemind={async (at, text) => (await actions.remind(at, text)) !== undefined}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}
