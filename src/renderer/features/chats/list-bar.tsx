import { FolderTree, RefreshCw, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chatFilters, type ChatFilter } from '../../../shared/contract/chats.ts';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import type { ListQuestion, ListState } from './chat-list.ts';
import styles from './list-bar.module.css';

/** What is searched: everything, or one chat. */
export type Search = {
  readonly text: string;
  readonly chat: { readonly id: number; readonly title: string } | null;
};

/** Above the list: which chats, or the search while one searches. */
export function ListBar({
  state,
  accounts,
  search,
  onSearch,
  onDown,
  onChoose,
  onRelease,
}: {
  readonly state: ListState;
  readonly accounts: readonly TelegramAccount[];
  readonly search: Search | null;
  readonly onSearch: (search: Search | null) => void;
  /** From the field into what was found. */
  readonly onDown: () => void;
  readonly onChoose: (question: Partial<ListQuestion>) => void;
  readonly onRelease: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  if (search) return <SearchBar search={search} onSearch={onSearch} onDown={onDown} />;
  return (
    <div className={styles.bar}>
      <Filters filter={state.question.filter} onChoose={(filter) => onChoose({ filter })} />
      <span className={styles.space} />
      {state.held ? (
        <IconButton
          label={t('chats.newOrder')}
          keys={keys('showNew')}
          icon={<RefreshCw size={16} />}
          onClick={onRelease}
        />
      ) : null}
      <IconButton
        label={t('chats.search.label')}
        keys={keys('search')}
        icon={<Search size={16} />}
        onClick={() => onSearch({ text: '', chat: null })}
      />
      <Places state={state} accounts={accounts} onChoose={onChoose} />
    </div>
  );
}

function SearchBar({
  search,
  onSearch,
  onDown,
}: {
  readonly search: Search;
  readonly onSearch: (search: Search | null) => void;
  readonly onDown: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const field = useRef<HTMLInputElement>(null);
  const scope = search.chat?.id;
  useEffect(() => field.current?.focus(), [scope]);
  return (
    <div className={styles.bar}>
      <div className={styles.field}>
        <Field
          ref={field}
          kind="search"
          name={t('chats.search.label')}
          placeholder={t(search.chat ? 'chats.search.placeholderIn' : 'chats.search.placeholder')}
          value={search.text}
          onChange={(text) => onSearch({ ...search, text })}
          leading={<Search size={14} />}
          maxLength={300}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') onDown();
            else if (event.key === 'Escape') onSearch(null);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      {search.chat ? (
        <button
          type="button"
          className={styles.scope}
          title={t('chats.search.everywhere')}
          onClick={() => onSearch({ ...search, chat: null })}
        >
          <span>{t('chats.search.onlyHere', { title: search.chat.title })}</span>
          <X size={12} aria-hidden="true" />
        </button>
      ) : null}
      <IconButton
        label={t('chats.search.clear')}
        keys={keys('back')}
        icon={<X size={16} />}
        onClick={() => onSearch(null)}
      />
    </div>
  );
}

function Filters({
  filter,
  onChoose,
}: {
  readonly filter: ChatFilter;
  readonly onChoose: (filter: ChatFilter) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const group = useRef<HTMLDivElement>(null);
  useShortcut('filters', () => group.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus());
  return (
    <div
      ref={group}
      className={styles.filters}
      role="group"
      aria-label={t('chats.filters.label')}
      title={keys('filters')}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        const next = chatFilters[chatFilters.indexOf(filter) + step];
        if (step === 0 || !next) return;
        event.preventDefault();
        onChoose(next);
        group.current?.querySelector<HTMLElement>(`[data-filter=${next}]`)?.focus();
      }}
    >
      {chatFilters.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.filter}
          data-filter={name}
          aria-pressed={name === filter}
          tabIndex={name === filter ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {t(`chats.filters.${name}`)}
        </button>
      ))}
    </div>
  );
}

/** Telegram's own folders, and accounts when there are several. */
function Places({
  state,
  accounts,
  onChoose,
}: {
  readonly state: ListState;
  readonly accounts: readonly TelegramAccount[];
  readonly onChoose: (question: Partial<ListQuestion>) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { accountId, folderId } = state.question;
  const several = accounts.length > 1;
  const nameOf = (id: number): string => safeLine(accounts.find((one) => one.id === id)?.name ?? '');
  const folders = state.folders.filter((folder) => accountId === null || folder.accountId === accountId);
  if (folders.length === 0 && !several) return null;
  const accountItems: readonly MenuItem[] = several
    ? [
        { key: 'accounts', heading: t('chats.accountsHeading') },
        {
          key: 'every',
          label: t('chats.allAccounts'),
          checked: accountId === null,
          onSelect: () => onChoose({ accountId: null, folderId: null }),
        },
        ...accounts.map((account) => ({
          key: `account-${account.id}`,
          label: safeLine(account.name),
          checked: accountId === account.id,
          onSelect: () => onChoose({ accountId: account.id, folderId: null }),
        })),
      ]
    : [];
  const folderItems: readonly MenuItem[] = [
    { key: 'folders', heading: t('chats.foldersHeading') },
    {
      key: 'none',
      label: t('chats.noFolder'),
      checked: folderId === null,
      onSelect: () => onChoose({ folderId: null }),
    },
    ...folders.map((folder) => ({
      key: `folder-${folder.accountId}-${folder.id}`,
      label: several ? `${safeLine(folder.title)} · ${nameOf(folder.accountId)}` : safeLine(folder.title),
      checked: folderId === folder.id && (accountId === folder.accountId || !several),
      onSelect: () => onChoose({ folderId: folder.id, accountId: folder.accountId }),
    })),
  ];
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      target={
        <IconButton
          label={t('chats.folders')}
          icon={<FolderTree size={16} />}
          pressed={folderId !== null || accountId !== null}
          onClick={() => setOpen(!open)}
        />
      }
      items={[...accountItems, ...(folders.length > 0 ? folderItems : [])]}
    />
  );
}
