import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import type { ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { useList } from './use-list.ts';

export function CategoryList() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  return (
    <ListEditor
      label={t('settings.lists.categories')}
      addLabel={t('settings.lists.addCategory')}
      items={useList('categories')}
      columns={[
        { key: 'nameEn', label: t('settings.lists.nameEn'), dim: true, cell: ({ nameEn }) => nameEn },
      ]}
      toForm={(item): ItemForm => item}
      fresh={(blank) => blank}
      onSave={(form) => rpc.reference.saveCategory(form)}
    />
  );
}
