import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Table, type Column } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { keyFrom, nextPosition, type ItemForm } from './item-form.ts';
import { ItemSide } from './item-side.tsx';

type Listed = Omit<ItemForm, 'id'> & { readonly id: number };

type ListColumn<Item> = Column & { readonly dim?: boolean; readonly cell: (item: Item) => ReactNode };

/** A list of named items with the chosen one beside it; what only its kind has comes as columns and fields. */
export function ListEditor<Item extends Listed, Form extends ItemForm>({
  label,
  addLabel,
  items,
  columns = [],
  toForm,
  fresh,
  onSave,
  isValid = () => true,
  isLasting = () => false,
  mark,
  fields,
}: {
  readonly label: string;
  readonly addLabel: string;
  readonly items: readonly Item[];
  /** Besides the name. */
  readonly columns?: readonly ListColumn<Item>[];
  readonly toForm: (item: Item) => Form;
  readonly fresh: (blank: ItemForm) => Form;
  /** With the key a new item gets from its name. */
  readonly onSave: (form: Form) => Promise<unknown>;
  readonly isValid?: (form: Form) => boolean;
  /** It cannot be hidden. */
  readonly isLasting?: (form: Form) => boolean;
  /** What else is said beside the name. */
  readonly mark?: (item: Item) => ReactNode;
  readonly fields?: (form: Form, onForm: (form: Form) => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const [form, setForm] = useState<Form>();

  const add = (): void =>
    setForm(fresh({ id: null, key: '', name: '', nameEn: '', position: nextPosition(items), active: true }));
  const save = (edited: Form): Promise<unknown> =>
    onSave({
      ...edited,
      key: edited.key || keyFrom(edited.nameEn || edited.name, new Set(items.map((item) => item.key))),
    });

  return (
    <div className={styles.split} data-single={form === undefined}>
      <div className={styles.fields}>
        <div>
          <Button onClick={add}>{addLabel}</Button>
        </div>
        <Table
          label={label}
          columns={[
            { key: 'name', label: t('settings.lists.name') },
            ...columns,
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {items.map((item) => (
            <tr key={item.id}>
              <td title={language === 'ru' ? item.nameEn : item.name}>
                {nameOf(item, language)}
                {item.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
                {mark?.(item)}
              </td>
              {columns.map((column) => (
                <td key={column.key} data-end={column.end} data-dim={column.dim}>
                  {column.cell(item)}
                </td>
              ))}
              <td data-end="true">
                <Button
                  kind="quiet"
                  label={`${t('settings.edit')}: ${item.name}`}
                  onClick={() => setForm(toForm(item))}
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
          title={form.id === null ? addLabel : t('settings.lists.editTitle', { name: form.name })}
          onForm={setForm}
          onSave={() => save(form)}
          onClose={() => setForm(undefined)}
          valid={isValid(form)}
          lasting={isLasting(form)}
        >
          {fields?.(form, setForm)}
        </ItemSide>
      ) : null}
    </div>
  );
}
