import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './assets.module.css';
import { GroupList } from './group-list.tsx';
import { RegionTable } from './region-table.tsx';
import { useAssetLists } from './use-reference.ts';

/** Whose the assets are, and where repairs are written about. */
export function ListsTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useAssetLists();
  if (!data) {
    return error ? (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    ) : null;
  }
  return (
    <div className={styles.page}>
      <GroupList groups={data.groups} operators={data.operators} onSaved={reload} />
      <RegionTable regions={data.regions} onSaved={reload} />
    </div>
  );
}
