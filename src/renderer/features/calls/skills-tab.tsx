import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Skill } from '../../../shared/contract/technicians.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './skills.module.css';

const kinds = ['technician'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.technicians.list({}, { signal });

/** What technicians may be able to do: the list calls and technicians choose from. */
export function SkillsTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  if (!data) {
    return error ? (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    ) : (
      <div aria-busy="true" />
    );
  }
  return (
    <section className={styles.tab} aria-label={t('technicians.skills.title')}>
      <h2>{t('technicians.skills.title')}</h2>
      <p className={styles.faint}>{t('technicians.skills.help')}</p>
      <ul aria-label={t('technicians.skills.list')}>
        {data.skills.map((skill) => (
          <li key={skill.id}>
            <SkillRow key={`${skill.name} ${skill.nameEn} ${skill.active}`} skill={skill} />
          </li>
        ))}
      </ul>
      <SkillRow key={`new ${data.skills.length}`} skill={undefined} />
    </section>
  );
}

/** One skill, or the one that is added. */
function SkillRow({ skill }: { readonly skill: Skill | undefined }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [name, setName] = useState(skill?.name ?? '');
  const [nameEn, setNameEn] = useState(skill?.nameEn ?? '');
  const [tried, setTried] = useState(false);
  const isChanged = name.trim() !== (skill?.name ?? '') || nameEn.trim() !== (skill?.nameEn ?? '');

  function save(active: boolean): void {
    void command(
      () =>
        rpc.technicians.saveSkill({
          ...(skill ? { id: skill.id } : {}),
          name: name.trim(),
          nameEn: nameEn.trim(),
          active,
        }),
      { done: t('technicians.skills.saved') },
    );
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') save(skill?.active ?? true);
  }

  const label = skill ? `${t('technicians.skills.name')}: ${skill.name}` : t('technicians.skills.add');
  return (
    <form className={styles.row} onSubmit={submit} noValidate aria-label={label}>
      <Field
        name={t('technicians.skills.name')}
        placeholder={t('technicians.skills.name')}
        value={name}
        onChange={setName}
        error={tried && name.trim() === '' ? t('technicians.skills.needName') : undefined}
        maxLength={100}
        autoComplete="off"
      />
      <Field
        name={t('technicians.skills.nameEn')}
        placeholder={t('technicians.skills.nameEn')}
        value={nameEn}
        onChange={setNameEn}
        maxLength={100}
        autoComplete="off"
      />
      {skill ? (
        <Switch label={t('technicians.skills.active')} checked={skill.active} onChange={save} />
      ) : null}
      <Button type="submit" kind={skill ? 'default' : 'primary'} disabled={skill !== undefined && !isChanged}>
        {t(skill ? 'technicians.skills.save' : 'technicians.skills.add')}
      </Button>
    </form>
  );
}
