import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotifyGroup } from '../../../shared/contract/ladders.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import type { Rpc } from '../desk.ts';
import { useServerData } from '../server-data.ts';
import type { LadderForm } from './ladder-form.ts';
import styles from './ladder-editor.module.css';
import { PartyPicker } from './party-picker.tsx';

const kinds = ['route'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.ladders.groups({}, { signal });

/** Who is next when a ladder has ended without success: a person, somebody of the directory, or a group. */
export function NextField({
  next,
  onChange,
}: {
  readonly next: LadderForm['next'];
  readonly onChange: (next: LadderForm['next']) => void;
}) {
  const { t } = useTranslation();
  const { data } = useServerData(load, kinds);
  const groups = useMemo(() => (data?.groups ?? []).filter(({ active }) => active), [data]);
  return (
    <div className={styles.after}>
      <div className={styles.next}>
        <span>
          {t('ladders.after.next')}: <strong>{next?.name ?? t('ladders.after.nextNone')}</strong>
          {next?.to.kind === 'group' ? ` (${t('ladders.party.group')})` : ''}
        </span>
        {next ? <Button onClick={() => onChange(null)}>{t('ladders.after.nextClear')}</Button> : null}
      </div>
      {next ? null : (
        <>
          <PartyPicker
            label={t('ladders.after.nextPick')}
            onPick={({ kind, id, name }) => onChange({ to: { kind, id }, name })}
          />
          {groups.length > 0 ? <GroupSelect groups={groups} onChange={onChange} /> : null}
        </>
      )}
    </div>
  );
}

function GroupSelect({
  groups,
  onChange,
}: {
  readonly groups: readonly NotifyGroup[];
  readonly onChange: (next: LadderForm['next']) => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      name={t('ladders.groups.title')}
      placeholder={t('ladders.party.choose')}
      value={null}
      options={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(value) => {
        const group = groups.find(({ id }) => String(id) === value);
        if (group) onChange({ to: { kind: 'group', id: group.id }, name: group.name });
      }}
    />
  );
}
