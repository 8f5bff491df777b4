import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSetView } from '../../../../shared/contract/keeping.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { BackupSettings } from './backup-settings.tsx';
import { RestoreSetDialog } from './restore-set-dialog.tsx';
import { SetTable } from './set-table.tsx';
import { useWork } from './use-work.ts';
import { WorkLine } from './work-line.tsx';

const kinds = ['setting'] as const;
const loadSettings = (rpc: Rpc, signal: AbortSignal) => rpc.keeping.settings({}, { signal });

/** Backups of the database and every file, in a folder of somebody's choice. */
export function FullBackups() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const errorText = useErrorText();
  const work = useWork();
  const [path, setPath] = useState<string | null>(null);
  const [restoring, setRestoring] = useState<BackupSetView>();
  const settings = useServerData(loadSettings, kinds);
  const load = useCallback((api: Rpc, signal: AbortSignal) => api.keeping.sets({ path }, { signal }), [path]);
  const sets = useServerData(load, kinds);
  const directory = settings.data?.settings.backupDirectory ?? null;

  async function make(): Promise<void> {
    await command(() => rpc.keeping.makeFull({}), { done: ({ name }) => t('keeping.sets.made', { name }) });
    sets.reload();
  }

  return (
    <section className={styles.stack} aria-label={t('keeping.sets.title')}>
      <h2 className={styles.heading}>{t('keeping.sets.title')}</h2>
      <p className={styles.faint}>{t('keeping.sets.help')}</p>
      {settings.data ? (
        <BackupSettings key={JSON.stringify(settings.data.settings)} settings={settings.data.settings} />
      ) : null}
      {settings.data && directory === null ? <Notice tone="risk">{t('keeping.sets.unset')}</Notice> : null}
      {directory !== null && settings.data?.onSameDisk ? (
        <Notice tone="risk">{t('keeping.sets.sameDisk')}</Notice>
      ) : null}
      {directory !== null && settings.data?.onSameDisk === null ? (
        <Notice tone="bad">{t('keeping.sets.diskAway')}</Notice>
      ) : null}
      <div className={styles.inline}>
        <Button kind="primary" disabled={directory === null || work !== null} onClick={() => void make()}>
          {t('keeping.sets.now')}
        </Button>
        <FindSets path={path} onPath={setPath} />
      </div>
      <WorkLine />
      {sets.error ? <Notice tone="bad">{errorText(sets.error)}</Notice> : null}
      {sets.data && sets.data.sets.length > 0 ? (
        <SetTable sets={sets.data.sets} busy={work !== null} onRestore={setRestoring} />
      ) : null}
      {sets.data?.sets.length === 0 && directory !== null ? (
        <EmptyState title={t('keeping.sets.empty')} />
      ) : null}
      {restoring ? <RestoreSetDialog set={restoring} onClose={() => setRestoring(undefined)} /> : null}
    </section>
  );
}

/** Backups that lie elsewhere: of this desk before it lost its settings, or of another. */
function FindSets({
  path,
  onPath,
}: {
  readonly path: string | null;
  readonly onPath: (path: string | null) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  if (path !== null) {
    return (
      <>
        <span className={styles.faint}>{t('keeping.sets.found', { path })}</span>
        <Button onClick={() => onPath(null)}>{t('keeping.sets.back')}</Button>
      </>
    );
  }
  if (!open) return <Button onClick={() => setOpen(true)}>{t('keeping.sets.find')}</Button>;
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') onPath(typed.trim());
      }}
    >
      <Field label={t('keeping.sets.findPath')} value={typed} onChange={setTyped} mono autoFocus />
      <Button type="submit">{t('keeping.sets.findStart')}</Button>
    </form>
  );
}
