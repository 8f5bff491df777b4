import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { AskDialog } from './ask-dialog.tsx';
import { WorkLine } from './work-line.tsx';

const kinds = ['setting'] as const;
const steps = ['key', 'folder', 'there', 'telegram'] as const;
const load = async (rpc: Rpc, signal: AbortSignal) => {
  const [settings, recovery] = await Promise.all([
    rpc.keeping.settings({}, { signal }),
    rpc.keeping.recovery({}, { signal }),
  ]);
  return { restingSince: settings.restingSince, hasKey: recovery.madeAt !== null };
};

/** Both sides of a move, and the way back: two desks must never work one mailbox. */
export function MovingTab() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const { data, reload } = useServerData(load, kinds);
  const [path, setPath] = useState('');
  const [made, setMade] = useState<string>();
  const [asking, setAsking] = useState<'start' | 'wake'>();
  const restingSince = data?.restingSince ?? null;

  async function move(): Promise<void> {
    const done = await command(() => rpc.keeping.move({ path: path.trim() }));
    if (done) setMade(done.path);
    reload();
  }

  function wake(): void {
    void command(() => rpc.keeping.wake({}), {
      done: t('keeping.move.woken'),
      // The backend restarts under the call.
      onError: ({ code }) => code === 'unavailable' || code === 'cancelled',
    });
  }

  return (
    <section className={styles.narrow} aria-label={t('keeping.move.title')}>
      {restingSince === null ? null : (
        <Notice
          tone="bad"
          action={<Button onClick={() => setAsking('wake')}>{t('keeping.move.wake')}</Button>}
        >
          {t('keeping.move.resting', { time: format.full(restingSince) })}
        </Notice>
      )}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{t(`keeping.move.steps.${step}`)}</li>
        ))}
      </ol>
      {data && !data.hasKey ? <Notice tone="risk">{t('keeping.move.noKey')}</Notice> : null}
      <Field label={t('keeping.move.folder')} value={path} onChange={setPath} mono />
      <div>
        <Button kind="primary" disabled={path.trim() === ''} onClick={() => setAsking('start')}>
          {t(restingSince === null ? 'keeping.move.start' : 'keeping.move.again')}
        </Button>
      </div>
      <WorkLine />
      {made === undefined ? null : (
        <Notice tone="good" alert>
          {t('keeping.move.done', { path: made })}
        </Notice>
      )}
      {asking === 'start' ? (
        <AskDialog
          title={t('keeping.move.confirmTitle')}
          text={t('keeping.move.confirmText')}
          action={t('keeping.move.start')}
          onAction={() => void move()}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
      {asking === 'wake' ? (
        <AskDialog
          title={t('keeping.move.wakeTitle')}
          text={t('keeping.move.wakeText')}
          action={t('keeping.move.wake')}
          onAction={wake}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
    </section>
  );
}
