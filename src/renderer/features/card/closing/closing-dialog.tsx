import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { focusFirstInvalid } from '../../../ui/focus-first-invalid.ts';
import type { CardData } from '../card-state.ts';
import type { Life } from '../life/use-life.ts';
import { useNames } from '../use-names.ts';
import { isReady, toMends, wantedBy, type ClosingForm } from './closing-form.ts';
import { ClosingLines } from './closing-lines.tsx';
import styles from './closing.module.css';

const formId = 'closing';

/** Everything that keeps an incident open, each with its mend in place; one press puts all in and closes. */
export function ClosingDialog({
  data,
  life,
  statusId,
  onClose,
}: {
  readonly data: CardData;
  readonly life: Life;
  /** null arms the automatic closing instead. */
  readonly statusId: number | null;
  readonly onClose: () => void;
}) {
  const { rpc, reference, shell, ticker } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const format = useFormat();
  const names = useNames();
  const element = useRef<HTMLFormElement>(null);
  const zone = useStore(shell, (state) => state.zone);
  const subtypes = useStore(reference, (state) => state.subtypes);
  const [form, setForm] = useState<ClosingForm>({
    typeId: data.row.typeId,
    subtypeId: null,
    repairPriorityId: null,
    ends: {},
    takesPriority: true,
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, revision: expected, code } = data.row;
  const wanted = wantedBy(life.problems, form, {
    subtypeId: life.subtypeId,
    subtypes: [...subtypes.values()],
  });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    const now = ticker.second();
    if (!isReady(wanted, form, now, zone)) {
      if (element.current) focusFirstInvalid(element.current);
      return;
    }
    setBusy(true);
    const mends = toMends(wanted, form, now, zone);
    const at = format.when(life.autoCloseAt ?? now, now);
    const done = await command(() => rpc.workflow.close({ id, expected, statusId, ...mends }), {
      done:
        statusId === null
          ? t('workflow.done.armed', { code, at })
          : t('workflow.done.closed', { code, name: names.status(statusId) }),
    });
    setBusy(false);
    if (done) onClose();
  }

  const isArming = statusId === null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(isArming ? 'workflow.closing.titleArm' : 'workflow.closing.title', { code })}
      closeLabel={t('common.close')}
      width={560}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" type="submit" form={formId} busy={busy}>
            {t(isArming ? 'workflow.closing.arm' : 'workflow.closing.close')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        ref={element}
        className={styles.form}
        onSubmit={(event) => void submit(event)}
        noValidate
      >
        <p className={styles.lead}>
          {t(
            life.problems.length === 0
              ? 'workflow.closing.ready'
              : isArming
                ? 'workflow.closing.leadArm'
                : 'workflow.closing.lead',
          )}
        </p>
        <ClosingLines
          incidentId={id}
          wanted={wanted}
          form={form}
          onForm={(part) => setForm({ ...form, ...part })}
          tried={tried}
        />
        {life.duplicates.length > 0 ? (
          <p className={styles.lead}>
            {t('workflow.closing.duplicates', { codes: life.duplicates.map((twin) => twin.code).join(', ') })}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
