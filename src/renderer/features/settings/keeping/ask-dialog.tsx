import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

/** A question before what cannot be taken back; the harmless answer has the focus. */
export function AskDialog({
  title,
  text,
  action,
  onAction,
  onClose,
}: {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onAction: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('settings.close')}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t('settings.cancel')}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onClose();
              onAction();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
