import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../../../ui/segmented.tsx';
import styles from '../settings.module.css';
import { CategoryList } from './category-list.tsx';
import { PriorityList } from './priority-list.tsx';
import { StatusList } from './status-list.tsx';
import { SubtypeList } from './subtype-list.tsx';
import { TypeList } from './type-list.tsx';

const lists = ['statuses', 'types', 'subtypes', 'categories', 'priorities'] as const;

type List = (typeof lists)[number];

export function ListsTab() {
  const { t } = useTranslation();
  const [list, setList] = useState<List>('statuses');
  return (
    <section className={styles.wide} aria-label={t('settings.tabs.lists')}>
      <div>
        <Segmented
          label={t('settings.lists.which')}
          value={list}
          options={lists.map((value) => ({
            value,
            label: t(isOfClosing(value) ? `workflow.lists.${value}` : `settings.lists.${value}`),
          }))}
          onChange={setList}
        />
      </div>
      {list === 'statuses' ? <StatusList /> : null}
      {list === 'types' ? <TypeList /> : null}
      {list === 'subtypes' ? <SubtypeList /> : null}
      {list === 'categories' ? <CategoryList /> : null}
      {list === 'priorities' ? <PriorityList /> : null}
    </section>
  );
}

function isOfClosing(list: List): list is 'subtypes' | 'priorities' {
  return list === 'subtypes' || list === 'priorities';
}
