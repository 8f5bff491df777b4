import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Subtype } from '../../../../shared/contract/settings.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { Button } from '../../../ui/button.tsx';
import { MultiSelect } from '../../../ui/multi-select.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { keyFrom, nextPosition, type ItemForm } from './item-form.ts';
import { ItemSide } from './item-side.tsx';
import { useList } from './use-list.ts';

type SubtypeForm = ItemForm & Pick<Subtype, 'typeIds'>;

/** What an incident turns out to have been, and of which types it may be said. */
export function SubtypeList() {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const items = useList('subtypes');
  const types = useList('types');
  const [form, setForm] = useState<SubtypeForm>();
  const typeNames = (ids: readonly number[]): string =>
    types
      .filter(({ id }) => ids.includes(id))
      .map((type) => nameOf(type, language))
      .join(', ');

  const save = ({ key, typeIds, ...rest }: SubtypeForm) =>
    rpc.reference.saveSubtype({
      ...rest,
      typeIds: [...typeIds],
      key: key || keyFrom(rest.nameEn || rest.name, new Set(items.map((item) => item.key))),
    });
  const fresh = (): SubtypeForm => ({
    id: null,
    key: '',
    name: '',
    nameEn: '',
    position: nextPosition(items),
    active: true,
    typeIds: [],
  });

  return (
    <div className={styles.split} data-single={form === undefined}>
      <div className={styles.fields}>
        <div>
          <Button onClick={() => setForm(fresh())}>{t('workflow.lists.addSubtype')}</Button>
        </div>
        <Table
          label={t('workflow.lists.subtypes')}
          columns={[
            { key: 'name', label: t('settings.lists.name') },
            { key: 'types', label: t('workflow.lists.ofTypes') },
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {items.map((item) => (
            <tr key={item.id}>
              <td title={language === 'ru' ? item.nameEn : item.name}>
                {nameOf(item, language)}
                {item.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
              </td>
              <td data-dim="true">{typeNames(item.typeIds) || t('workflow.lists.noTypes')}</td>
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
              ? t('workflow.lists.addSubtype')
              : t('settings.lists.editTitle', { name: form.name })
          }
          onForm={setForm}
          onSave={() => save(form)}
          onClose={() => setForm(undefined)}
        >
          <MultiSelect
            label={t('workflow.lists.ofTypes')}
            placeholder={t('workflow.lists.noTypes')}
            nothingFound={t('common.nothingFound')}
            options={types
              .filter(({ id, active }) => active || form.typeIds.includes(id))
              .map((type) => ({ value: String(type.id), label: nameOf(type, language) }))}
            value={form.typeIds.map(String)}
            onChange={(values) => setForm({ ...form, typeIds: values.map(Number) })}
          />
          <p className={styles.faint}>{t('workflow.lists.ofTypesHint')}</p>
        </ItemSide>
      ) : null}
    </div>
  );
}
