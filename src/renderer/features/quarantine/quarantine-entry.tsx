import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineRow } from '../../../shared/contract/letters.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import styles from './quarantine.module.css';
import { useReasonText } from './use-reason-text.ts';

/** Of these only the headers were kept: reading them again changes nothing, and core refuses it. */
const headersOnly: ReadonlySet<string> = new Set(['letter-too-large', 'letter-refused']);

export function QuarantineEntry({
  row,
  accountAddress,
  onOpenIncident,
}: {
  readonly row: QuarantineRow;
  readonly accountAddress: string;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const { rpc, base, ticker } = useDesk();
  const format = useFormat();
  const command = useCommand();
  const reasonText = useReasonText();
  const [busy, setBusy] = useState(false);
  const { rawId } = row;

  async function act<T>(run: () => Promise<T>, done: string): Promise<T | undefined> {
    setBusy(true);
    const value = await command(run, { done });
    setBusy(false);
    return value;
  }

  async function open(): Promise<void> {
    const opened = await act(() => rpc.quarantine.open({ rawId }), t('quarantine.done.open'));
    if (opened) onOpenIncident(opened.incidentId);
  }

  return (
    <li className={styles.entry} aria-label={reasonText(row.reason)}>
      <div className={styles.facts}>
        <strong>{reasonText(row.reason)}</strong>
        <span className={styles.dim} title={format.full(row.receivedAt)}>
          {format.when(row.receivedAt, ticker.second())}
        </span>
        <span className={styles.dim}>
          {accountAddress} · {t(`quarantine.folder.${row.folder}`)}
        </span>
        <span className={styles.dim}>{format.bytes(row.size)}</span>
        <span className={styles.dim}>
          {t('quarantine.column.attempts')}: {row.attempts}
        </span>
      </div>
      <pre className={styles.head} tabIndex={0} aria-label={t('quarantine.column.head')}>
        {row.head || t('quarantine.noHead')}
      </pre>
      <div className={styles.actions}>
        {headersOnly.has(row.reason) ? null : (
          <Button
            disabled={busy}
            onClick={() => void act(() => rpc.quarantine.retry({ rawId }), t('quarantine.done.retry'))}
          >
            {t('quarantine.action.retry')}
          </Button>
        )}
        <Button disabled={busy} onClick={() => void open()}>
          {t('quarantine.action.open')}
        </Button>
        <Button
          disabled={busy}
          hint={t('quarantine.releaseHint')}
          onClick={() => void act(() => rpc.quarantine.release({ rawId }), t('quarantine.done.release'))}
        >
          {t('quarantine.action.release')}
        </Button>
        <a className={styles.raw} href={`${base}raw/quarantine/${rawId}`} download>
          {t('quarantine.action.raw')}
        </a>
      </div>
    </li>
  );
}
