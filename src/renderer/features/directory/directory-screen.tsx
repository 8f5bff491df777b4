import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { contactKinds, type ContactKind } from './contact-kinds.ts';
import { ContactPanel } from './contact-panel.tsx';
import { ContactTable } from './contact-table.tsx';
import styles from './directory.module.css';

const feedKinds = ['contact', 'chat'] as const;

/** People outside the desk: who reports, who repairs, and the chats that are theirs. */
export function DirectoryScreen({ onOpenChat }: { readonly onOpenChat: (chatId: number) => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<ContactKind | 'all'>('all');
  const [chosen, setChosen] = useState<number | 'new' | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const asked = useDeferredValue(text.trim());
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.directory.list({ text: asked }, { signal }),
    [asked],
  );
  const { data, status, error, reload } = useKept(useServerData(load, feedKinds));
  const shown = (data?.contacts ?? []).filter((contact) => kind === 'all' || contact.kind === kind);
  const open = data?.contacts.find(({ id }) => id === chosen);
  // One who was filtered away is not somebody new.
  const withPanel = chosen === 'new' || open !== undefined;
  const bare = text.trim() === '' && kind === 'all';
  useShortcut('search', () => search.current?.focus());

  function showAll(): void {
    setText('');
    setKind('all');
  }

  return (
    <Screen
      title={t('directory.title')}
      count={shown.length}
      dimmed={status === 'stale'}
      actions={
        <Button kind="primary" onClick={() => setChosen('new')}>
          {t('directory.add')}
        </Button>
      }
    >
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      <div className={styles.columns} data-open={withPanel}>
        <div className={styles.main}>
          <div className={styles.tools}>
            <div className={styles.search}>
              <Field
                ref={search}
                kind="search"
                name={t('directory.search')}
                placeholder={t('directory.search')}
                leading={<Search size={14} aria-hidden="true" />}
                value={text}
                onChange={setText}
                maxLength={100}
                autoComplete="off"
              />
            </div>
            <Segmented
              label={t('directory.filter')}
              value={kind}
              options={[
                { value: 'all', label: t('directory.all') },
                ...contactKinds.map((value) => ({ value, label: t(`directory.kinds.${value}`) })),
              ]}
              onChange={setKind}
            />
          </div>
          {data && shown.length > 0 ? (
            <ContactTable
              contacts={shown}
              isTechnicians={kind === 'technician'}
              chosen={chosen}
              onChoose={setChosen}
            />
          ) : null}
          {data && shown.length === 0 && bare ? (
            <EmptyState
              title={t('directory.empty')}
              action={<Button onClick={() => setChosen('new')}>{t('directory.add')}</Button>}
            >
              {t('directory.emptyText')}
            </EmptyState>
          ) : null}
          {data && shown.length === 0 && !bare ? (
            <EmptyState
              title={t('directory.nothing')}
              action={<Button onClick={showAll}>{t('directory.showAll')}</Button>}
            >
              {t('directory.nothingText')}
            </EmptyState>
          ) : null}
        </div>
        {withPanel ? (
          <ContactPanel
            key={chosen}
            contact={open}
            onSaved={setChosen}
            onClose={() => setChosen(null)}
            onOpenChat={onOpenChat}
          />
        ) : null}
      </div>
    </Screen>
  );
}

/** While the next search is on its way the last one stays on the screen. */
function useKept<State extends { readonly data: unknown }>(state: State): State {
  const [kept, setKept] = useState(state.data);
  if (state.data !== undefined && state.data !== kept) setKept(state.data);
  return state.data === undefined ? { ...state, data: kept } : state;
}
