import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetSource, ImportRun } from '../../../shared/contract/assets.ts';
import { useDesk } from '../../lib/desk.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './assets.module.css';
import { useProgressText } from './run-progress.tsx';
import { useGuardText, useRunErrorText } from './run-words.ts';

/** One source: its state in words, and what it asks. */
export function SourceLine({
  source,
  onEdit,
  onSynced,
}: {
  readonly source: AssetSource;
  readonly onEdit: () => void;
  readonly onSynced: () => void;
}) {
  const { t } = useTranslation();
  const progress = useProgressText();
  const guardText = useGuardText();
  const runErrorText = useRunErrorText();
  const { sync, busy } = useSync(source, onSynced);
  const { name, lastRun } = source;
  const isHttp = source.kind === 'http';
  const isRunning = lastRun?.state === 'running';
  const guard = lastRun?.state === 'asks' ? guardText(lastRun) : null;
  const failure = lastRun?.state === 'failed' ? runErrorText(lastRun) : null;
  return (
    <li className={styles.source} aria-label={name}>
      <div className={styles.entry}>
        <div className={styles.entryWords}>
          <strong>{name}</strong>
          {isHttp ? <span className={styles.mono}>{source.url}</span> : null}
          <SourceState source={source} />
          {isRunning && lastRun ? (
            <span role="status">{t('assetImport.sources.syncing', { done: progress(lastRun) })}</span>
          ) : null}
        </div>
        {isHttp ? (
          <div className={styles.formActions}>
            <Button
              busy={busy || isRunning}
              label={t('assetImport.sources.syncOf', { name })}
              onClick={() => void sync(false)}
            >
              {t('assetImport.sources.sync')}
            </Button>
            <Button label={t('assetImport.sources.edit', { name })} onClick={onEdit}>
              {t('common.edit')}
            </Button>
          </div>
        ) : null}
      </div>
      {guard === null ? null : (
        <Notice
          tone="risk"
          title={t('assetImport.guard.title')}
          action={
            isHttp ? (
              <Button kind="danger" busy={busy} onClick={() => void sync(true)}>
                {t('assetImport.sources.goOn')}
              </Button>
            ) : null
          }
        >
          {guard} {t('assetImport.guard.ask')}
        </Notice>
      )}
      {failure === null ? null : <Notice tone="bad">{failure}</Notice>}
    </li>
  );
}

function SourceState({ source }: { readonly source: AssetSource }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { kind, active, everyMinutes, nextAt, lastRun } = source;
  const last = lastRun
    ? t('assetImport.sources.last', {
        at: format.when(lastRun.endedAt ?? lastRun.startedAt, now),
        state: t(`assetImport.runs.states.${lastRun.state}`),
      })
    : t('assetImport.sources.never');
  const schedule =
    kind === 'file'
      ? [t('assetImport.sources.file')]
      : [
          t(active ? 'assetImport.sources.active' : 'assetImport.sources.off'),
          everyMinutes === null
            ? t('assetImport.sources.byHand')
            : t('assetImport.sources.every', { time: format.age(everyMinutes * 60_000) }),
        ];
  const next = nextAt === null ? [] : [t('assetImport.sources.next', { at: format.when(nextAt, now) })];
  return <span className={styles.faint}>{[...schedule, last, ...next].join(' · ')}</span>;
}

function useSync(source: AssetSource, onSynced: () => void) {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const words = ({ added, changed, gone }: ImportRun): string =>
    t('assetImport.sources.synced', {
      name: source.name,
      added: format.number(added),
      changed: format.number(changed),
      gone: format.number(gone),
    });

  async function sync(force: boolean): Promise<void> {
    setBusy(true);
    // What was asked or failed is said at the source itself.
    const done = await command(() => rpc.assets.syncSource({ id: source.id, force }));
    setBusy(false);
    if (done?.run.state === 'done') toasts.show({ text: words(done.run) });
    onSynced();
  }
  return { sync, busy };
}
