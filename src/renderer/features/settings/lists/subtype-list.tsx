import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Subtype } from '../../../../shared/contract/settings.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { MultiSelect } from '../../../ui/multi-select.tsx';
import styles from '../settings.module.css';
import type { ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { useList } from './use-list.ts';

type SubtypeForm = ItemForm & Pick<Subtype, 'typeIds'>;

/** What an incident turns out to have been, and of which types it may be said. */
export function SubtypeList() {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const types = useList('types');
  const typeNames = (ids: readonly number[]): string =>
    types
      .filter(({ id }) => ids.includes(id))
      .map((type) => nameOf(type, language))
      .join(', ');
  return (
    <ListEditor
      label={t('workflow.lists.subtypes')}
      addLabel={t('workflow.lists.addSubtype')}
      items={useList('subtypes')}
      columns={[
        {
          key: 'types',
          label: t('workflow.lists.ofTypes'),
          dim: true,
          cell: ({ typeIds }) => typeNames(typeIds) || t('workflow.lists.noTypes'),
        },
      ]}
      toForm={(item): SubtypeForm => item}
      fresh={(blank) => ({ ...blank, typeIds: [] })}
      onSave={({ typeIds, ...form }) => rpc.reference.saveSubtype({ ...form, typeIds: [...typeIds] })}
      fields={(form, onForm) => (
        <>
          <MultiSelect
            label={t('workflow.lists.ofTypes')}
            placeholder={t('workflow.lists.noTypes')}
            nothingFound={t('common.nothingFound')}
            options={types
              .filter(({ id, active }) => active || form.typeIds.includes(id))
              .map((type) => ({ value: String(type.id), label: nameOf(type, language) }))}
            value={form.typeIds.map(String)}
            onChange={(values) => onForm({ ...form, typeIds: values.map(Number) })}
          />
          <p className={styles.faint}>{t('workflow.lists.ofTypesHint')}</p>
        </>
      )}
    />
  );
}
