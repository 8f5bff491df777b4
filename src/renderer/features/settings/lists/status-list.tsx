import { useTranslation } from 'react-i18next';
import type { Status } from '../../../../shared/contract/settings.ts';
import { neededStatuses } from '../../../../shared/domain/needed-statuses.ts';
import { useDesk } from '../../../lib/desk.ts';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from '../settings.module.css';
import type { ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { TransitionMatrix } from './transition-matrix.tsx';
import { useList } from './use-list.ts';

type StatusForm = ItemForm & Pick<Status, 'tone' | 'finishes' | 'nextIds'>;

const tones = ['new', 'work', 'wait', 'done', 'bad'] as const;

export function StatusList() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const items = useList('statuses');
  return (
    <>
      <ListEditor
        label={t('settings.lists.statuses')}
        addLabel={t('settings.lists.addStatus')}
        items={items}
        columns={[
          {
            key: 'tone',
            label: t('settings.lists.tone'),
            width: 120,
            dim: true,
            cell: ({ tone }) => t(`settings.lists.tones.${tone}`),
          },
          {
            key: 'finishes',
            label: t('settings.lists.finishes'),
            width: 170,
            dim: true,
            cell: ({ finishes }) => (finishes ? t('common.yes') : t('common.none')),
          },
        ]}
        toForm={(item): StatusForm => item}
        fresh={(blank): StatusForm => ({ ...blank, tone: 'work', finishes: false, nextIds: [] })}
        onSave={(form) => rpc.reference.saveStatus(form)}
        isLasting={({ key }) => neededStatuses.has(key)}
        mark={({ key }) =>
          neededStatuses.has(key) ? (
            <span className={styles.faint}> · {t('workflow.lists.needed')}</span>
          ) : null
        }
        fields={(form, onForm) => <StatusFields form={form} onForm={onForm} />}
      />
      <TransitionMatrix statuses={items} />
    </>
  );
}

function StatusFields({
  form,
  onForm,
}: {
  readonly form: StatusForm;
  readonly onForm: (form: StatusForm) => void;
}) {
  const { t } = useTranslation();
  const isNeeded = neededStatuses.has(form.key);
  return (
    <>
      <Select
        label={t('settings.lists.tone')}
        value={form.tone}
        options={tones.map((value) => ({ value, label: t(`settings.lists.tones.${value}`) }))}
        onChange={(next) => {
          const tone = tones.find((value) => value === next);
          if (tone) onForm({ ...form, tone });
        }}
      />
      {isNeeded ? <p className={styles.faint}>{t('workflow.lists.neededHint')}</p> : null}
      <Switch
        label={t('settings.lists.finishes')}
        checked={form.finishes}
        disabled={isNeeded}
        onChange={(finishes) => onForm({ ...form, finishes })}
      />
    </>
  );
}
