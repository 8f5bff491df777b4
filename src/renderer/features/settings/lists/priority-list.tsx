import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { keyFrom, nextPosition, type ItemForm } from './item-form.ts';
import { ItemSide } from './item-side.tsx';
import { toMinutes } from './minutes.ts';
import { useList } from './use-list.ts';

type PriorityForm = ItemForm & { readonly target: string };

/** How soon a repair is due. */
export function PriorityList() {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const format = useFormat();
  const items = useList('repairPriorities');
  const [form, setForm] = useState<PriorityForm>();
  const minutes = form ? (toMinutes(form.target) ?? undefined) : undefined;

  const save = ({ key, target: _target, ...rest }: PriorityForm, targetMinutes: number) =>
    rpc.reference.saveRepairPriority({
      ...rest,
      targetMinutes,
      key: key || keyFrom(rest.nameEn || rest.name, new Set(items.map((item) => item.key))),
    });
  const fresh = (): PriorityForm => ({
    id: null,
    key: '',
    name: '',
    nameEn: '',
    position: nextPosition(items),
    active: true,
    target: '',
  });

  return (
    <div className={styles.split} data-single={form === undefined}>
      <div className={styles.fields}>
        <div>
          <Button onClick={() => setForm(fresh())}>{t('workflow.lists.addPriority')}</Button>
        </div>
        <Table
          label={t('workflow.lists.priorities')}
          columns={[
            { key: 'name', label: t('settings.lists.name') },
            { key: 'target', label: t('workflow.lists.target'), width: 200, end: true },
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {items.map(({ targetMinutes, ...item }) => (
            <tr key={item.id}>
              <td title={language === 'ru' ? item.nameEn : item.name}>
                {nameOf(item, language)}
                {item.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
              </td>
              <td data-end="true">
                {format.number(targetMinutes)}{' '}
                <span className={styles.faint}>({format.age(targetMinutes * 60_000)})</span>
              </td>
              <td data-end="true">
                <Button
                  kind="quiet"
                  label={`${t('settings.edit')}: ${item.name}`}
                  onClick={() => setForm({ ...item, target: String(targetMinutes) })}
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
              ? t('workflow.lists.addPriority')
              : t('settings.lists.editTitle', { name: form.name })
          }
          onForm={setForm}
          onSave={() => save(form, minutes ?? 0)}
          onClose={() => setForm(undefined)}
          valid={minutes !== undefined}
        >
          <Field
            label={t('workflow.lists.target')}
            inputMode="numeric"
            value={form.target}
            onChange={(target) => setForm({ ...form, target })}
            error={minutes === undefined && form.target !== '' ? t('workflow.lists.badTarget') : undefined}
          />
        </ItemSide>
      ) : null}
    </div>
  );
}
