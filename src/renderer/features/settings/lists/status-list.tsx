import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Status } from '../../../../shared/contract/settings.ts';
import { neededStatuses } from '../../../../shared/domain/needed-statuses.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { keyFrom, nextPosition, type ItemForm } from './item-form.ts';
import { ItemSide } from './item-side.tsx';
import { TransitionMatrix } from './transition-matrix.tsx';
import { useList } from './use-list.ts';

type StatusForm = ItemForm & Pick<Status, 'tone' | 'finishes' | 'nextIds'>;

const tones = ['new', 'work', 'wait', 'done', 'bad'] as const;

export function StatusList() {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const items = useList('statuses');
  const [form, setForm] = useState<StatusForm>();

  const save = ({ key, ...rest }: StatusForm) =>
    rpc.reference.saveStatus({
      ...rest,
      key: key || keyFrom(rest.nameEn || rest.name, new Set(items.map((item) => item.key))),
    });
  const fresh = (): StatusForm => ({
    id: null,
    key: '',
    name: '',
    nameEn: '',
    position: nextPosition(items),
    active: true,
    tone: 'work',
    finishes: false,
    nextIds: [],
  });

  return (
    <>
      <div className={styles.split} data-single={form === undefined}>
        <div className={styles.fields}>
          <div>
            <Button onClick={() => setForm(fresh())}>{t('settings.lists.addStatus')}</Button>
          </div>
          <Table
            label={t('settings.lists.statuses')}
            columns={[
              { key: 'name', label: t('settings.lists.name') },
              { key: 'tone', label: t('settings.lists.tone'), width: 120 },
              { key: 'finishes', label: t('settings.lists.finishes'), width: 170 },
              { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
            ]}
          >
            {items.map((item) => (
              <tr key={item.id}>
                <td title={language === 'ru' ? item.nameEn : item.name}>
                  {nameOf(item, language)}
                  {item.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
                  {neededStatuses.has(item.key) ? (
                    <span className={styles.faint}> · {t('workflow.lists.needed')}</span>
                  ) : null}
                </td>
                <td data-dim="true">{t(`settings.lists.tones.${item.tone}`)}</td>
                <td data-dim="true">{item.finishes ? t('common.yes') : t('common.none')}</td>
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
                ? t('settings.lists.addStatus')
                : t('settings.lists.editTitle', { name: form.name })
            }
            onForm={setForm}
            onSave={() => save(form)}
            onClose={() => setForm(undefined)}
            lasting={neededStatuses.has(form.key)}
          >
            <Select
              label={t('settings.lists.tone')}
              value={form.tone}
              options={tones.map((value) => ({ value, label: t(`settings.lists.tones.${value}`) }))}
              onChange={(next) => {
                const tone = tones.find((value) => value === next);
                if (tone) setForm({ ...form, tone });
              }}
            />
            {neededStatuses.has(form.key) ? (
              <p className={styles.faint}>{t('workflow.lists.neededHint')}</p>
            ) : null}
            <Switch
              label={t('settings.lists.finishes')}
              checked={form.finishes}
              disabled={neededStatuses.has(form.key)}
              onChange={(finishes) => setForm({ ...form, finishes })}
            />
          </ItemSide>
        ) : null}
      </div>
      <TransitionMatrix statuses={items} />
    </>
  );
}
