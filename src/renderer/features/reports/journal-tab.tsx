import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../shared/contract/reports.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Table } from '../../ui/table.tsx';
import { PeriodBar } from './period-bar.tsx';
import styles from './reports.module.css';
import type { ReportChoice } from './use-report-choice.ts';

const followed = [] as const;
const limit = 100;

/** What was written about everything, newest first. */
export function JournalTab({
  choice,
  onOpenIncident,
}: {
  readonly choice: ReportChoice;
  readonly onOpenIncident: (id: number) => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const errorText = useErrorText();
  const command = useCommand();
  const { period } = choice;
  const load = useCallback(
    (asked: Rpc, signal: AbortSignal) => asked.reports.journal({ period, limit }, { signal }),
    [period],
  );
  const { data, error, reload } = useServerData(load, followed);
  const [older, setOlder] = useState<{ readonly of: unknown; readonly entries: readonly JournalEntry[] }>();
  const entries = [...(data?.entries ?? []), ...(older && older.of === data ? older.entries : [])];

  async function showOlder(): Promise<void> {
    const before = entries.at(-1)?.sequence ?? null;
    const next = await command(() => rpc.reports.journal({ period, before, limit }));
    if (next) setOlder({ of: data, entries: [...entries.slice(data?.entries.length), ...next.entries] });
  }

  return (
    <div className={styles.scrolling}>
      <PeriodBar choice={choice} asOf={undefined} filtered={false} />
      <div className={styles.board}>
        <p className={styles.faint}>{t('reports.journal.help')}</p>
        {error && !data ? (
          <EmptyState
            tone="error"
            title={errorText(error)}
            action={<Button onClick={reload}>{t('common.retry')}</Button>}
          />
        ) : null}
        {data?.entries.length === 0 ? <EmptyState title={t('reports.journal.empty')} /> : null}
        {entries.length > 0 ? <Entries entries={entries} onOpenIncident={onOpenIncident} /> : null}
        {data && entries.length < data.total ? (
          <div className={styles.sectionHead}>
            <span className={styles.faint}>
              {t('reports.journal.shown', { shown: entries.length, total: data.total })}
            </span>
            <Button onClick={() => void showOlder()}>{t('reports.journal.older')}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Entries({
  entries,
  onOpenIncident,
}: {
  readonly entries: readonly JournalEntry[];
  readonly onOpenIncident: (id: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const widths = { sequence: 80, at: 190, actor: 150, subject: 140, kind: 220 } as const;
  return (
    <Table
      label={t('reports.journal.table')}
      columns={[
        ...(['sequence', 'at', 'actor', 'subject', 'kind'] as const).map((key) => ({
          key,
          label: t(`reports.journal.${key}`),
          width: widths[key],
          end: key === 'sequence',
        })),
        { key: 'payload', label: t('reports.journal.payload') },
      ]}
    >
      {entries.map(({ sequence, at, actor, subjectKind, subjectId, code, kind, payload }) => (
        <tr key={sequence}>
          <td data-end="true">{format.number(sequence)}</td>
          <td>
            {format.date(at)} {format.clock(at)}
          </td>
          <td>{actor ?? t('reports.journal.pult')}</td>
          <td>
            {code === null ? (
              `${subjectKind} ${subjectId}`
            ) : (
              <button type="button" className={styles.link} onClick={() => onOpenIncident(subjectId)}>
                {code}
              </button>
            )}
          </td>
          <td className={styles.mono}>{kind}</td>
          <td className={styles.payload} title={payload}>
            {payload}
          </td>
        </tr>
      ))}
    </Table>
  );
}
