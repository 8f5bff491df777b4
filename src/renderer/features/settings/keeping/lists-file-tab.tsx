import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChanges } from '../../../../shared/contract/keeping.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { saveText } from './save-as.ts';

type Read = { readonly text: string; readonly changes: readonly ListChanges[] };

/** Every list in one file, out and in; what would change is shown before it does. */
export function ListsFileTab() {
  const { t, i18n } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useCommand();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Read>();
  const [problem, setProblem] = useState<string>();

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setProblem(undefined);
    setRead(undefined);
    try {
      const text = await file.text();
      const { changes } = await rpc.keeping.previewLists({ text });
      setRead({ text, changes });
    } catch (thrown) {
      setProblem(errorText(toAppError(thrown)));
    }
  }

  async function save(): Promise<void> {
    const made = await command(() => rpc.keeping.exportLists({}));
    if (made) saveText(made.text, made.fileName);
  }

  async function apply(text: string): Promise<void> {
    // Its own way back: an import is not a step of a dispatcher.
    const done = await command(async () => ({ sequence: (await rpc.keeping.importLists({ text })).undo }));
    if (!done) return;
    setRead(undefined);
    const { sequence } = done;
    const onAction = () => {
      if (sequence === null) return;
      void command(() => rpc.keeping.undoLists({ sequence }), { done: t('keeping.lists.undone') });
    };
    const actions = sequence === null ? [] : [{ label: t('common.undo'), onAction }];
    toasts.show({ text: t('keeping.lists.applied'), actions });
  }

  const nameOf = (list: string): string => {
    const key = `keeping.lists.list.${list}`;
    return i18n.exists(key) ? (i18n.t as (key: string) => string)(key) : list;
  };

  return (
    <section className={styles.narrow} aria-label={t('keeping.lists.title')}>
      <p className={styles.faint}>{t('keeping.lists.help')}</p>
      <div className={styles.buttons}>
        <Button kind="primary" onClick={() => void save()}>
          {t('keeping.lists.export')}
        </Button>
        <Button onClick={() => input.current?.click()}>{t('keeping.lists.choose')}</Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t('keeping.lists.choose')}
          hidden
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {problem === undefined ? null : (
        <Notice tone="bad" alert>
          {problem}
        </Notice>
      )}
      {read?.changes.length === 0 ? <Notice tone="good">{t('keeping.lists.same')}</Notice> : null}
      {read && read.changes.length > 0 ? (
        <>
          <h2 className={styles.heading}>{t('keeping.lists.preview')}</h2>
          <dl className={styles.fields} aria-label={t('keeping.lists.preview')}>
            {read.changes.map((change) => (
              <div key={change.list}>
                <dt className={styles.caption}>{nameOf(change.list)}</dt>
                {(['added', 'changed', 'retired'] as const).map((what) =>
                  change[what].length === 0 ? null : (
                    <dd key={what}>{t(`keeping.lists.${what}`, { keys: change[what].join(', ') })}</dd>
                  ),
                )}
              </div>
            ))}
          </dl>
          <div>
            <Button kind="primary" onClick={() => void apply(read.text)}>
              {t('keeping.lists.apply')}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  );
}
