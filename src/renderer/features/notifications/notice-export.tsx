import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NotificationFilter } from '../../../shared/contract/notifications.ts';
import { useDesk } from '../../lib/desk.ts';
import { ExportProgress } from '../../lib/export-progress.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './notifications.module.css';

const formats = ['xlsx', 'csvSemicolon', 'csvComma'] as const;
type FormatChoice = (typeof formats)[number];

/** A file of everything under the filter of the screen, a row for each step. */
export function NoticeExport({
  filter,
  onClose,
}: {
  readonly filter: NotificationFilter;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const [format, setFormat] = useState<FormatChoice>('xlsx');
  const [job, setJob] = useState<string | null>(null);

  async function start(): Promise<void> {
    const started = await command(() =>
      rpc.notifications.startExport({
        filter,
        language,
        format: format === 'xlsx' ? 'xlsx' : 'csv',
        separator: format === 'csvComma' ? ',' : ';',
      }),
    );
    if (started) setJob(started.id);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('notifications.export.title')}
      closeLabel={t('settings.close')}
      footer={
        job === null ? (
          <Button kind="primary" onClick={() => void start()}>
            {t('reports.export.start')}
          </Button>
        ) : undefined
      }
    >
      {job === null ? (
        <>
          <Select
            label={t('reports.export.format')}
            value={format}
            onChange={(value) => setFormat(value as FormatChoice)}
            options={formats.map((value) => ({ value, label: t(`reports.export.${value}`) }))}
          />
          <p className={styles.faint}>{t('notifications.export.help')}</p>
        </>
      ) : (
        <ExportProgress id={job} onAgain={() => setJob(null)} />
      )}
    </Dialog>
  );
}
