import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Field } from '../../../ui/field.tsx';
import styles from '../settings.module.css';
import type { ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { toMinutes } from './minutes.ts';
import { useList } from './use-list.ts';

type TypeForm = ItemForm & { readonly sla: string };

/** Types with the time they give; empty means that no clock is set. */
export function TypeList() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const format = useFormat();
  return (
    <ListEditor
      label={t('settings.lists.types')}
      addLabel={t('settings.lists.addType')}
      items={useList('types')}
      columns={[
        {
          key: 'sla',
          label: t('settings.lists.sla'),
          width: 170,
          end: true,
          cell: ({ slaMinutes }) =>
            slaMinutes === null ? (
              <span className={styles.faint}>{t('settings.lists.noSla')}</span>
            ) : (
              <>
                {format.number(slaMinutes)}{' '}
                <span className={styles.faint}>({format.age(slaMinutes * 60_000)})</span>
              </>
            ),
        },
      ]}
      toForm={({ slaMinutes, ...item }): TypeForm => ({
        ...item,
        sla: slaMinutes === null ? '' : String(slaMinutes),
      })}
      fresh={(blank) => ({ ...blank, sla: '' })}
      onSave={({ sla, ...form }) => rpc.reference.saveType({ ...form, slaMinutes: toMinutes(sla) ?? null })}
      isValid={({ sla }) => toMinutes(sla) !== undefined}
      fields={(form, onForm) => (
        <Field
          label={t('settings.lists.sla')}
          description={t('settings.lists.slaHint')}
          inputMode="numeric"
          value={form.sla}
          onChange={(sla) => onForm({ ...form, sla })}
          error={toMinutes(form.sla) === undefined ? t('settings.lists.badSla') : undefined}
        />
      )}
    />
  );
}
