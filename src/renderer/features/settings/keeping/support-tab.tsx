import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import styles from '../settings.module.css';
import { saveAs } from './save-as.ts';

type Preview = Awaited<ReturnType<Rpc['keeping']['previewSupport']>>['files'];

/** What goes to whoever looks for a fault, shown before it is saved. */
export function SupportTab() {
  const { t } = useTranslation();
  const { rpc, base } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [files, setFiles] = useState<Preview>();
  const [name, setName] = useState<string | null>(null);
  const shown = files?.find((file) => file.name === name) ?? files?.[0];

  async function save(): Promise<void> {
    const made = await command(() => rpc.keeping.makeSupport({}));
    if (made) saveAs(`${base}blob/${made.sha256}?name=${encodeURIComponent(made.fileName)}`, made.fileName);
  }

  return (
    <section className={styles.wide} aria-label={t('keeping.support.title')}>
      <p className={styles.faint}>{t('keeping.support.help')}</p>
      <div className={styles.buttons}>
        <Button
          onClick={() =>
            void command(() => rpc.keeping.previewSupport({})).then((found) => setFiles(found?.files))
          }
        >
          {t('keeping.support.show')}
        </Button>
        <Button kind="primary" onClick={() => void save()}>
          {t('keeping.support.save')}
        </Button>
      </div>
      {files && shown ? (
        <>
          <Select
            label={t('keeping.support.choose')}
            value={shown.name}
            options={files.map((file) => ({
              value: file.name,
              label: t('keeping.support.file', { name: file.name, bytes: format.bytes(file.bytes) }),
            }))}
            onChange={setName}
          />
          <pre className={styles.preview} tabIndex={0} aria-label={shown.name}>
            {shown.text}
          </pre>
        </>
      ) : null}
    </section>
  );
}
