import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { keyFrom, nextPosition, type ItemForm } from './item-form.ts';
import { ItemSide } from './item-side.tsx';
import { toMinutes } from './minutes.ts';
import { useList } from './use-list.ts';

type TypeForm = ItemForm & { readonly sla: string };

/** Types with the time they give; empty means that no clock is set. */
export function TypeList() {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const format = useFormat();
  const items = useList('types');
  const [form, setForm] = useState<TypeForm>();
  const sla = form ? toMinutes(form.sla) : null;

  async function save({ sla: _sla, key, ...rest }: TypeForm): Promise<unknown> {
    return rpc.reference.saveType({
      ...rest,
      key: key || keyFrom(rest.nameEn || rest.name, new Set(items.map((item) => item.key))),
      slaMinutes: sla ?? null,
    });
  }

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
                sla: '',
              })
            }
          >
            {t('settings.lists.addType')}
          </Button>
        </div>
        <Table
          label={t('settings.lists.types')}
          columns={[
            { key: 'name', label: t('settings.lists.name') },
            { key: 'sla', label: t('settings.lists.sla'), width: 170, end: true },
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {items.map((item) => (
            <tr key={item.id}>
              <td title={language === 'ru' ? item.nameEn : item.name}>
                {nameOf(item, language)}
                {item.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
              </td>
              <td data-end="true">
                {item.slaMinutes === null ? (
                  <span className={styles.faint}>{t('settings.lists.noSla')}</span>
                ) : (
                  <>
                    {format.number(item.slaMinutes)}{' '}
                    <span className={styles.faint}>({format.age(item.slaMinutes * 60_000)})</span>
                  </>
                )}
              </td>
              <td data-end="true">
                <Button
                  kind="quiet"
                  label={`${t('settings.edit')}: ${item.name}`}
                  onClick={() =>
                    setForm({ ...item, sla: item.slaMinutes === null ? '' : String(item.slaMinutes) })
                  }
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
              ? t('settings.lists.addType')
              : t('settings.lists.editTitle', { name: form.name })
          }
          onForm={setForm}
          onSave={() => save(form)}
          onClose={() => setForm(undefined)}
          valid={sla !== undefined}
        >
          <Field
            label={t('settings.lists.sla')}
            description={t('settings.lists.slaHint')}
            inputMode="numeric"
            value={form.sla}
            onChange={(text) => setForm({ ...form, sla: text })}
            error={sla === undefined ? t('settings.lists.badSla') : undefined}
          />
        </ItemSide>
      ) : null}
    </div>
  );
}
