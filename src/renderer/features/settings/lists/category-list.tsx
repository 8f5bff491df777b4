import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { keyFrom, nextPosition, type ItemForm } from './item-form.ts';
import { ItemSide } from './item-side.tsx';
import { useList } from './use-list.ts';

export function CategoryList() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const items = useList('categories');
  const [form, setForm] = useState<ItemForm>();

  const save = ({ key, ...rest }: ItemForm) =>
    rpc.reference.saveCategory({
      ...rest,
      key: key || keyFrom(rest.nameEn || rest.name, new Set(items.map((item) => item.key))),
    });

  return (
    <div className={styles.split} data-single={form === undefined}>
      <div className={styles.fields}>
        <div>
          <Button
            onClick={() =>
              setForm({
                id: null,
                key: '',
                name: '',
                nameEn: '',
                position: nextPosition(items),
                active: true,
              })
            }
          >
            {t('settings.lists.addCategory')}
          </Button>
        </div>
        <Table
          label={t('settings.lists.categories')}
          columns={[
            { key: 'name', label: t('settings.lists.name') },
            { key: 'nameEn', label: t('settings.lists.nameEn') },
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {items.map((item) => (
            <tr key={item.id}>
              <td>
                {item.name}
                {item.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
              </td>
              <td data-dim="true">{item.nameEn}</td>
              <td data-end="true">
                <Button
                  kind="quiet"
                  label={`${t('settings.edit')}: ${item.name}`}
                  onClick={() => setForm(item)}
                >
                  {t('settings.edit')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      </div>
      {form ? (
        <ItemSide
          key={form.id ?? 'new'}
          form={form}
          title={
            form.id === null
              ? t('settings.lists.addCategory')
              : t('settings.lists.editTitle', { name: form.name })
          }
          onForm={setForm}
          onSave={() => save(form)}
          onClose={() => setForm(undefined)}
        />
      ) : null}
    </div>
  );
}
