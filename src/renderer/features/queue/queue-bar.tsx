import { RefreshCw, Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueFilter, QueueSort } from '../../../shared/contract/incidents.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { FilterPopover } from './filter-popover.tsx';
import { Pills } from './pills.tsx';
import styles from './queue-bar.module.css';
import type { QueueState } from './queue-state.ts';
import { ViewsMenu } from './views-menu.tsx';

/** Above the list: the quick choices, or the search while one searches. */
export function QueueBar({
  state,
  personId,
  search,
  onSearch,
  onEndSearch,
  onSearchDown,
  onChoose,
  onShowNew,
}: {
  readonly state: QueueState;
  readonly personId: number;
  readonly search: string | null;
  readonly onSearch: (text: string) => void;
  readonly onEndSearch: () => void;
  readonly onSearchDown: () => void;
  readonly onChoose: (filter: QueueFilter, sort: QueueSort) => void;
  readonly onShowNew: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const field = useRef<HTMLInputElement>(null);
  const searching = search !== null;

  useEffect(() => {
    if (searching) field.current?.focus();
  }, [searching]);

  return (
    <div className={styles.bar}>
      {searching ? (
        <div className={styles.search}>
          <Field
            ref={field}
            kind="search"
            name={t('queue.search.label')}
            placeholder={t('queue.search.placeholder')}
            value={search}
            onChange={onSearch}
            leading={<Search size={14} />}
            maxLength={300}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' || event.key === 'Enter') {
                event.preventDefault();
                onSearchDown();
              } else if (event.key === 'Escape') {
                event.preventDefault();
                onEndSearch();
              }
            }}
          />
          <IconButton
            label={t('queue.search.clear')}
            keys={keys('back')}
            icon={<X size={16} />}
            onClick={onEndSearch}
          />
        </div>
      ) : (
        <>
          <Pills
            filter={state.filter}
            counts={state.counts}
            personId={personId}
            onChoose={(filter) => onChoose(filter, state.sort)}
          />
          <span className={styles.space} />
          {state.held ? <NewRows added={state.held.added} onShow={onShowNew} /> : null}
          <IconButton
            label={t('queue.search.label')}
            keys={keys('search')}
            icon={<Search size={16} />}
            onClick={() => onSearch('')}
          />
          <ViewsMenu filter={state.filter} sort={state.sort} onChoose={onChoose} />
          <ColumnsMenu />
          <FilterPopover filter={state.filter} onChange={(filter) => onChoose(filter, state.sort)} />
        </>
      )}
    </div>
  );
}

function NewRows({ added, onShow }: { readonly added: number; readonly onShow: () => void }) {
  const { t } = useTranslation();
  const keys = useKeys();
  if (added === 0) {
    return (
      <IconButton
        label={t('queue.newOrder')}
        keys={keys('showNew')}
        icon={<RefreshCw size={16} />}
        onClick={onShow}
      />
    );
  }
  return (
    <Button kind="quiet" onClick={onShow} keys={keys('showNew')} hint={t('keys.showNew')}>
      {t('queue.newRows', { count: added })}
    </Button>
  );
}
