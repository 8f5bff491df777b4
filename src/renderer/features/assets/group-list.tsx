import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { hoursText, minutesOf } from '../../lib/hours.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './assets.module.css';
import type { AssetLists } from './use-reference.ts';

type Group = AssetLists['groups'][number];

const longestMinutes = 30 * 24 * 60;

/** Operators by the company they belong to, with the domains its letters come from. */
export function GroupList({
  groups,
  operators,
  onSaved,
}: {
  readonly groups: readonly Group[];
  readonly operators: AssetLists['operators'];
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const close = (): void => setEdited(null);
  const saved = (): void => {
    close();
    onSaved();
  };
  const sorted = groups.toSorted((a, b) => a.name.localeCompare(b.name, 'ru'));
  return (
    <section className={styles.stack} aria-label={t('assets.lists.groups')}>
      <div className={styles.sectionHead}>
        <h2>{t('assets.lists.groups')}</h2>
        <Button disabled={edited === 'new'} onClick={() => setEdited('new')}>
          {t('assets.lists.addGroup')}
        </Button>
      </div>
      <p className={styles.faint}>{t('assets.lists.groupsText')}</p>
      {edited === 'new' ? <GroupForm group={undefined} onSaved={saved} onCancel={close} /> : null}
      {groups.length === 0 && edited !== 'new' ? <p>{t('assets.lists.noGroups')}</p> : null}
      <ul className={styles.entries}>
        {sorted.map((group) =>
          edited === group.id ? (
            <li key={group.id}>
              <GroupForm group={group} onSaved={saved} onCancel={close} />
            </li>
          ) : (
            <GroupLine
              key={group.id}
              group={group}
              names={operators.filter((operator) => operator.group === group.name).map(({ name }) => name)}
              onEdit={() => setEdited(group.id)}
            />
          ),
        )}
      </ul>
    </section>
  );
}

function GroupLine({
  group,
  names,
  onEdit,
}: {
  readonly group: Group;
  readonly names: readonly string[];
  readonly onEdit: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li className={styles.entry}>
      <div className={styles.entryWords}>
        <strong>{group.name}</strong>
        <span className={group.domains.length > 0 ? styles.mono : styles.faint}>
          {group.domains.join(', ') || t('assets.lists.noDomains')}
        </span>
        {names.length > 0 ? (
          <span className={styles.faint}>{t('assets.lists.operators', { names: names.join(', ') })}</span>
        ) : null}
        {group.autoCloseMinutes === null ? null : (
          <span className={styles.faint}>
            {t('workflow.settings.groupLine', { hours: hoursText(group.autoCloseMinutes) })}
          </span>
        )}
      </div>
      <Button label={t('assets.lists.editGroup', { name: group.name })} onClick={onEdit}>
        {t('common.edit')}
      </Button>
    </li>
  );
}

function GroupForm({
  group,
  onSaved,
  onCancel,
}: {
  readonly group: Group | undefined;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(group?.name ?? '');
  const [text, setText] = useState((group?.domains ?? []).join('\n'));
  const [hours, setHours] = useState(
    group && group.autoCloseMinutes !== null ? hoursText(group.autoCloseMinutes) : '',
  );
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const domains = domainsOf(text);
  const bad = domains.find((domain) => !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(domain));

  const autoCloseMinutes = hours.trim() === '' ? null : minutesOf(hours);
  const isBadDelay =
    autoCloseMinutes !== null && !(autoCloseMinutes >= 1 && autoCloseMinutes <= longestMinutes);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || bad !== undefined || isBadDelay) {
      if (form.current) focusFirstInvalid(form.current);
      return;
    }
    setBusy(true);
    const saved = await command(
      () => rpc.assets.saveGroup({ name, domains, autoCloseMinutes, ...(group ? { id: group.id } : {}) }),
      { done: t('assets.lists.groupSaved', { name: name.trim() }) },
    );
    setBusy(false);
    if (saved) onSaved();
  }

  return (
    <form
      ref={form}
      className={styles.inlineForm}
      aria-label={group?.name ?? t('assets.lists.newGroup')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <Field
        label={t('assets.lists.groupName')}
        value={name}
        onChange={setName}
        error={tried && name.trim() === '' ? t('assets.lists.noName') : undefined}
        maxLength={120}
        autoFocus
      />
      <TextArea
        label={t('assets.lists.domains')}
        description={t('assets.lists.domainsHint')}
        value={text}
        onChange={setText}
        error={tried && bad !== undefined ? t('assets.lists.badDomain', { domain: bad }) : undefined}
        mono
      />
      <Field
        label={t('workflow.settings.groupHours')}
        description={t('workflow.settings.groupHoursHint')}
        value={hours}
        onChange={setHours}
        error={tried && isBadDelay ? t('workflow.settings.badHours') : undefined}
      />
      <div className={styles.formActions}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('assets.form.save')}
        </Button>
        <Button onClick={onCancel}>{t('assets.form.cancel')}</Button>
      </div>
    </form>
  );
}

/** People paste whole addresses; only the domain counts. */
function domainsOf(text: string): string[] {
  const words = text.split(/[\s,;]+/).map((word) => word.replace(/^.*@/, '').toLowerCase());
  return [...new Set(words.filter((word) => word !== ''))];
}
