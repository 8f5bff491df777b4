import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ImportRun } from '../../../shared/contract/assets.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './assets.module.css';
import { RefusalTable } from './refusal-table.tsx';
import { RunCounts } from './run-counts.tsx';
import { useProgressText, useRuns } from './run-progress.tsx';
import { useGuardText, useRunErrorText } from './run-words.ts';
import { useAllRefusals } from './use-all-refusals.ts';

/** Every import there was, and what each refused. */
export function RunsTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useRuns();
  const [openId, setOpenId] = useState<number | null>(null);
  const open = data?.runs.find(({ id }) => id === openId);
  if (!data) {
    return error ? (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    ) : null;
  }
  if (open) return <RunView run={open} onBack={() => setOpenId(null)} />;
  if (data.runs.length === 0) {
    return <EmptyState title={t('assetImport.runs.empty')}>{t('assetImport.runs.emptyText')}</EmptyState>;
  }
  return (
    <div className={styles.page}>
      <Table
        label={t('assetImport.runs.title')}
        columns={[
          { key: 'at', label: t('assetImport.runs.at'), width: 130 },
          { key: 'source', label: t('assetImport.runs.source'), width: 170 },
          { key: 'who', label: t('assetImport.runs.who'), width: 140 },
          { key: 'state', label: t('assetImport.runs.state') },
          { key: 'counts', label: t('assetImport.runs.counts'), width: 210, end: true },
          { key: 'refused', label: t('assetImport.runs.refused'), width: 90, end: true },
          { key: 'actions', label: t('assetImport.runs.actions'), width: 160, end: true, silent: true },
        ]}
      >
        {data.runs.map((run) => (
          <RunLine key={run.id} run={run} onOpen={() => setOpenId(run.id)} />
        ))}
      </Table>
    </div>
  );
}

function RunLine({ run, onOpen }: { readonly run: ImportRun; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const { people } = useDesk();
  const format = useFormat();
  const now = useSecond();
  const state = useRunState();
  const who = useStore(people, ({ people: everyone }) => everyone.get(run.actorId ?? 0)?.name);
  const at = format.when(run.startedAt, now);
  const text = state(run);
  return (
    <tr>
      <td title={format.full(run.startedAt)}>{at}</td>
      <td title={run.sourceName}>{run.sourceName}</td>
      <td data-dim="true">{run.actorId === null ? t('assetImport.runs.system') : who}</td>
      <td data-wrap="true">{text}</td>
      <td data-end="true">
        {[run.added, run.changed, run.gone].map((count) => format.number(count)).join(' · ')}
      </td>
      <td data-end="true">{format.number(run.refused)}</td>
      <td data-end="true">
        {run.refused > 0 ? (
          <Button label={t('assetImport.runs.showOf', { name: run.sourceName, at })} onClick={onOpen}>
            {t('assetImport.runs.show')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

/** The state with its reason: why it failed, or how far it has come. */
function useRunState(): (run: ImportRun) => string {
  const { t } = useTranslation();
  const progress = useProgressText();
  const guardText = useGuardText();
  const runErrorText = useRunErrorText();
  return (run) => {
    const detail =
      run.state === 'running' ? progress(run) : run.state === 'asks' ? guardText(run) : runErrorText(run);
    return [t(`assetImport.runs.states.${run.state}`), detail].filter(Boolean).join(': ');
  };
}

function RunView({ run, onBack }: { readonly run: ImportRun; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const allRefusals = useAllRefusals();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) =>
      rpc.assets.refusals({ runId: run.id, offset: 0, limit: 200 }, { signal }),
    [run.id],
  );
  const { data, error, reload } = useServerData(load, noKinds);
  return (
    <div className={styles.page}>
      <div className={styles.sectionHead}>
        <h2>
          {run.sourceName} · {format.full(run.startedAt)}
        </h2>
        <Button onClick={onBack} autoFocus>
          {t('assetImport.refusals.back')}
        </Button>
      </div>
      <RunCounts run={run} done />
      {error ? (
        <p role="alert">
          {errorText(error)} <Button onClick={reload}>{t('common.retry')}</Button>
        </p>
      ) : null}
      {data ? (
        <RefusalTable refusals={data.refusals} total={data.total} all={() => allRefusals(run.id)} />
      ) : null}
    </div>
  );
}

const noKinds = [] as const;
