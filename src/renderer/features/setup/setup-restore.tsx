import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSetView } from '../../../shared/contract/keeping.ts';
import { toAppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './setup.module.css';

/** An empty desk becomes the one a whole backup holds. */
export function SetupRestore({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const errorText = useErrorText();
  const [path, setPath] = useState('');
  const [sets, setSets] = useState<readonly BackupSetView[]>();
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function find(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setProblem(undefined);
    try {
      const found = await rpc.setup.findSets({ path });
      setSets(found.sets);
      setChosen(found.sets[0]?.path ?? null);
    } catch (thrown) {
      setProblem(errorText(toAppError(thrown)));
    }
  }

  async function restore(set: string): Promise<void> {
    setBusy(true);
    await command(() => rpc.setup.restoreSet({ path: set }), {
      // The backend restarts under the call.
      onError: ({ code, reason }) => (code === 'unavailable' || code === 'cancelled') && reason === undefined,
    });
    setBusy(false);
  }

  return (
    <form className={styles.form} onSubmit={(event) => void find(event)} noValidate>
      <h2 className={styles.heading}>{t('keeping.setup.title')}</h2>
      <p className={styles.text}>{t('keeping.setup.text')}</p>
      <Field label={t('keeping.setup.path')} value={path} onChange={setPath} mono autoFocus error={problem} />
      {sets && chosen !== null ? (
        <>
          <Select
            label={t('keeping.sets.title')}
            value={chosen}
            options={sets.map((set) => ({
              value: set.path,
              label: `${set.codePrefix} · ${format.full(set.madeAt)} · ${format.bytes(set.bytes)}`,
            }))}
            onChange={setChosen}
          />
          <Notice tone="info">{t('keeping.setup.after')}</Notice>
        </>
      ) : null}
      <div className={styles.buttons}>
        <Button onClick={onBack}>{t('keeping.setup.back')}</Button>
        <Button kind={chosen === null ? 'primary' : 'default'} type="submit" disabled={path.trim() === ''}>
          {t('keeping.setup.find')}
        </Button>
        {chosen === null ? null : (
          <Button kind="primary" busy={busy} onClick={() => void restore(chosen)}>
            {t('keeping.setup.start')}
          </Button>
        )}
      </div>
    </form>
  );
}
