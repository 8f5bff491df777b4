import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotifyGroup } from '../../../../shared/contract/ladders.ts';
import { useDesk } from '../../../lib/desk.ts';
import { PartyPicker } from '../../../lib/reach/party-picker.tsx';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { focusFirstInvalid } from '../../../ui/focus-first-invalid.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from '../settings.module.css';
import own from './reach-tabs.module.css';

type GroupDraft = Omit<NotifyGroup, 'id'> & { readonly id: number | null };

/** One group beside the list; its members in the order they are tried. */
export function GroupForm({ group, onClose }: { readonly group: GroupDraft; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [form, setForm] = useState(group);
  const [tried, setTried] = useState(false);
  const noName = form.name.trim() === '';
  const title = group.id === null ? t('ladders.groups.add') : t('ladders.groups.edit', { name: group.name });

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (noName) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const members = form.members.map(({ kind, id }) => ({ kind, id }));
    const { id, name, active } = form;
    const saved = await command(() => rpc.ladders.saveGroup({ id, name, active, members }), {
      done: t('ladders.groups.saved'),
    });
    if (saved) onClose();
  }

  return (
    <aside
      className={styles.side}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <h2 className={styles.heading}>{title}</h2>
      <form className={styles.fields} onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={t('ladders.groups.name')}
          value={form.name}
          maxLength={120}
          autoFocus
          onChange={(name) => setForm({ ...form, name })}
          error={tried && noName ? t('ladders.groups.noName') : undefined}
        />
        <Members members={form.members} onChange={(members) => setForm({ ...form, members: [...members] })} />
        <Switch
          label={t('ladders.groups.active')}
          checked={form.active}
          onChange={(active) => setForm({ ...form, active })}
        />
        <div className={styles.buttons}>
          <Button kind="primary" type="submit">
            {t('ladders.groups.save')}
          </Button>
          <Button onClick={onClose}>{t('ladders.groups.cancel')}</Button>
        </div>
      </form>
    </aside>
  );
}

type Members = NotifyGroup['members'];

function Members({
  members,
  onChange,
}: {
  readonly members: Members;
  readonly onChange: (members: Members) => void;
}) {
  const { t } = useTranslation();
  const { announcer } = useDesk();

  function move(from: number, to: number): void {
    const member = members[from];
    if (!member || to < 0 || to >= members.length) return;
    onChange(members.toSpliced(from, 1).toSpliced(to, 0, member));
    announcer.say(t('ladders.groups.moved', { name: member.name, number: to + 1 }));
  }

  return (
    <div className={styles.fields}>
      <span className={styles.caption} id="group-members">
        {t('ladders.groups.members')}
      </span>
      <span className={styles.faint}>{t('ladders.groups.membersHint')}</span>
      {members.length === 0 ? <span className={styles.faint}>{t('ladders.groups.noMembers')}</span> : null}
      <ol className={own.members} aria-labelledby="group-members">
        {members.map(({ kind, id, name }, at) => (
          <li
            key={`${kind} ${id}`}
            onKeyDown={(event) => {
              if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
              event.preventDefault();
              move(at, event.key === 'ArrowUp' ? at - 1 : at + 1);
            }}
          >
            <span>
              {at + 1}. {name}
            </span>
            <IconButton
              small
              label={t('ladders.groups.up', { name })}
              icon={<ArrowUp size={14} />}
              disabled={at === 0}
              onClick={() => move(at, at - 1)}
            />
            <IconButton
              small
              label={t('ladders.groups.down', { name })}
              icon={<ArrowDown size={14} />}
              disabled={at === members.length - 1}
              onClick={() => move(at, at + 1)}
            />
            <IconButton
              small
              label={t('ladders.groups.removeMember', { name })}
              icon={<X size={14} />}
              onClick={() => onChange(members.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ol>
      <PartyPicker
        label={t('ladders.groups.addMember')}
        except={members}
        onPick={({ kind, id, name }) => onChange([...members, { kind, id, name }])}
      />
    </div>
  );
}
