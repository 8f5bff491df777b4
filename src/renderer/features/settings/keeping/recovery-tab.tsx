import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { AskDialog } from './ask-dialog.tsx';
import { MakeKeyDialog, type ShownKey } from './make-key-dialog.tsx';
import { UnlockForm } from './unlock-form.tsx';

const kinds = ['setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.keeping.recovery({}, { signal });

/** The key on paper: made, changed, revoked, and asked for when the computer's own is gone. */
export function RecoveryTab() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const { data, reload } = useServerData(load, kinds);
  const [isRemoving, setRemoving] = useState(false);
  const [shown, setShown] = useState<ShownKey>();
  const madeAt = data?.madeAt ?? null;

  async function remove(): Promise<void> {
    await command(() => rpc.keeping.removeRecovery({}), { done: t('keeping.recovery.removed') });
    reload();
  }

  return (
    <section className={styles.narrow} aria-label={t('keeping.recovery.title')}>
      <p className={styles.faint}>{t('keeping.recovery.help')}</p>
      {data?.locked ? <UnlockForm hasKey={madeAt !== null} onDone={reload} /> : null}
      {data && !data.locked ? (
        <>
          <Notice tone={madeAt === null ? 'risk' : 'good'}>
            {madeAt === null
              ? t('keeping.recovery.none')
              : t('keeping.recovery.made', { time: format.full(madeAt) })}
          </Notice>
          <div className={styles.buttons}>
            <Button
              kind="primary"
              onClick={() => void command(() => rpc.keeping.beginRecovery({})).then(setShown)}
            >
              {t(madeAt === null ? 'keeping.recovery.make' : 'keeping.recovery.change')}
            </Button>
            {madeAt === null ? null : (
              <Button kind="danger" onClick={() => setRemoving(true)}>
                {t('keeping.recovery.remove')}
              </Button>
            )}
          </div>
        </>
      ) : null}
      {shown ? (
        <MakeKeyDialog
          shown={shown}
          onClose={() => {
            setShown(undefined);
            reload();
          }}
        />
      ) : null}
      {isRemoving ? (
        <AskDialog
          title={t('keeping.recovery.removeTitle')}
          text={t('keeping.recovery.removeText')}
          action={t('keeping.recovery.remove')}
          onAction={() => void remove()}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </section>
  );
}
