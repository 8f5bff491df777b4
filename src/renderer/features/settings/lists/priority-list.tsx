import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Field } from '../../../ui/field.tsx';
import styles from '../settings.module.css';
import type { ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { toMinutes } from './minutes.ts';
import { useList } from './use-list.ts';

type PriorityForm = ItemForm & { readonly target: string };

/** Undefined while it is no time at all: a repair always has one. */
const minutesOf = ({ target }: PriorityForm): number | undefined => toMinutes(target) ?? undefined;

/** How soon a repair is due. */
export function PriorityList() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const format = useFormat();
  return (
    <ListEditor
      label={t('workflow.lists.priorities')}
      addLabel={t('workflow.lists.addPriority')}
      items={useList('repairPriorities')}
      columns={[
        {
          key: 'target',
          label: t('workflow.lists.target'),
          width: 200,
          end: true,
          cell: ({ targetMinutes }) => (
            <>
              {format.number(targetMinutes)}{' '}
              <span className={styles.faint}>({format.age(targetMinutes * 60_000)})</span>
            </>
          ),
        },
      ]}
      toForm={({ targetMinutes, ...item }): PriorityForm => ({ ...item, target: String(targetMinutes) })}
      fresh={(blank) => ({ ...blank, target: '' })}
      onSave={({ target, ...form }) =>
        rpc.reference.saveRepairPriority({ ...form, targetMinutes: toMinutes(target) ?? 0 })
      }
      isValid={(form) => minutesOf(form) !== undefined}
      fields={(form, onForm) => (
        <Field
          label={t('workflow.lists.target')}
          inputMode="numeric"
          value={form.target}
          onChange={(target) => onForm({ ...form, target })}
          error={
            minutesOf(form) === undefined && form.target !== '' ? t('workflow.lists.badTarget') : undefined
          }
        />
      )}
    />
  );
}
