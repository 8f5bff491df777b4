import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../../../ui/segmented.tsx';
import styles from '../settings.module.css';
import { CategoryList } from './category-list.tsx';
import { StatusList } from './status-list.tsx';
import { TypeList } from './type-list.tsx';

const lists = ['statuses', 'types', 'categories'] as const;

export function ListsTab() {
  const { t } = useTranslation();
  const [list, setList] = useState<(typeof lists)[number]>('statuses');
  return (
    <section className={styles.wide} aria-label={t('settings.tabs.lists')}>
      <div>
        <Segmented
          label={t('settings.lists.which')}
          value={list}
          options={lists.map((value) => ({ value, label: t(`settings.lists.${value}`) }))}
          onChange={setList}
        />
      </div>
      {list === 'statuses' ? <StatusList /> : null}
      {list === 'types' ? <TypeList /> : null}
      {list === 'categories' ? <CategoryList /> : null}
    </section>
  );
}
