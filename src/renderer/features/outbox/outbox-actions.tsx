import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import styles from './outbox.module.css';

export function OutboxActions({
  row,
  attemptsShown,
  onAttempts,
  onTakenBack,
}: {
  readonly row: OutboxRow;
  readonly attemptsShown: boolean;
  readonly onAttempts: () => void;
  readonly onTakenBack: ((row: OutboxRow) => void) | undefined;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [busy, setBusy] = useState(false);
  const { id, state } = row;

  async function act(run: () => Promise<unknown>, done: string): Promise<boolean> {
    setBusy(true);
    const value = await command(run, { done });
    setBusy(false);
    return value !== undefined;
  }

  async function takeBack(): Promise<void> {
    const back = await act(() => rpc.outbox.takeBack({ id }), t('outbox.done.takeBack'));
    if (back) onTakenBack?.(row);
  }

  return (
    <span className={styles.actions}>
      {state === 'unknown' ? (
        <Button
          disabled={busy}
          onClick={() => void act(() => rpc.outbox.settle({ id }), t('outbox.done.settle'))}
        >
          {t('outbox.action.settle')}
        </Button>
      ) : null}
      {state === 'failed' || state === 'unknown' ? (
        <Button
          disabled={busy}
          onClick={() => void act(() => rpc.outbox.sendAgain({ id }), t('outbox.done.sendAgain'))}
        >
          {t('outbox.action.sendAgain')}
        </Button>
      ) : null}
      {state === 'queued' ? (
        <Button disabled={busy} onClick={() => void takeBack()}>
          {t('outbox.action.takeBack')}
        </Button>
      ) : null}
      <Button kind="quiet" pressed={attemptsShown} onClick={onAttempts}>
        {row.attempts > 0 ? t('outbox.attempts', { count: row.attempts }) : t('outbox.action.attempts')}
      </Button>
    </span>
  );
}
