import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { audiences, requirements } from '../../../../shared/domain/letter-parties.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Select } from '../../../ui/select.tsx';
import styles from '../settings.module.css';
import type { TemplateDraft } from './template-draft.ts';
import own from './templates.module.css';

const kinds = ['reference'] as const;
const loadClocks = (rpc: Rpc, signal: AbortSignal) => rpc.clocks.lists({}, { signal });
const statusFields = ['during', 'after', 'failed'] as const;

/** To whom it goes, what it waits for and what it does to the incident. */
export function TemplateEffects({
  draft,
  onDraft,
}: {
  readonly draft: TemplateDraft;
  readonly onDraft: (change: Partial<TemplateDraft>) => void;
}) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const statuses = useStore(reference, (state) => state.statuses);
  const language = useStore(preferences.store, (state) => state.language);
  const { data } = useServerData(loadClocks, kinds);
  const works = (data?.rules ?? []).filter((rule) => rule.starts === 'hand' && rule.active);
  const statusOptions = [
    { value: '', label: t('lettersOut.template.sameStatus') },
    ...[...statuses.values()].map((status) => ({
      value: String(status.id),
      label: nameOf(status, language),
    })),
  ];

  return (
    <fieldset className={own.effects}>
      <legend className={styles.heading}>{t('lettersOut.template.effects')}</legend>
      <Select
        label={t('lettersOut.template.audience')}
        value={draft.audience}
        options={audiences.map((value) => ({ value, label: t(`lettersOut.template.audiences.${value}`) }))}
        onChange={(value) => {
          const audience = audiences.find((one) => one === value);
          if (audience) onDraft({ audience, thread: audience === 'applicant' ? 'first' : 'own' });
        }}
      />
      {draft.audience === 'applicant' ? (
        <Select
          label={t('lettersOut.template.thread')}
          value={draft.thread}
          options={(['first', 'own'] as const).map((value) => ({
            value,
            label: t(`lettersOut.template.threads.${value}`),
          }))}
          onChange={(value) => onDraft({ thread: value === 'own' ? 'own' : 'first' })}
        />
      ) : null}
      {statusFields.map((field) => (
        <Select
          key={field}
          label={t(`lettersOut.template.${field}`)}
          value={String(draft[`${field}StatusId`] ?? '')}
          options={statusOptions}
          onChange={(value) => onDraft({ [`${field}StatusId`]: value ? Number(value) : null })}
        />
      ))}
      <Select
        label={t('lettersOut.template.begins')}
        value={draft.beginsWork}
        options={[
          { value: '', label: t('lettersOut.template.beginsNothing') },
          ...works.map((rule) => ({ value: rule.key, label: nameOf(rule, language) })),
        ]}
        onChange={(value) => onDraft({ beginsWork: value ?? '' })}
      />
      {draft.beginsWork === '' ? null : (
        <Select
          label={t('lettersOut.template.beginsFrom')}
          value={draft.beginsFrom}
          options={(['registered', 'now'] as const).map((value) => ({
            value,
            label: t(`lettersOut.template.beginsFroms.${value}`),
          }))}
          onChange={(value) => onDraft({ beginsFrom: value === 'registered' ? 'registered' : 'now' })}
        />
      )}
      <Checkbox
        label={t('lettersOut.template.endsWorks')}
        checked={draft.endsWorks}
        onChange={(endsWorks) => onDraft({ endsWorks })}
      />
      <Checkbox
        label={t('lettersOut.template.armsAutoClose')}
        checked={draft.armsAutoClose}
        onChange={(armsAutoClose) => onDraft({ armsAutoClose })}
      />
      <div className={own.whole} role="group" aria-label={t('lettersOut.template.requires')}>
        <span className={styles.caption}>{t('lettersOut.template.requires')}</span>
        {requirements.map((requirement) => (
          <Checkbox
            key={requirement}
            label={t(`lettersOut.template.requirement.${requirement}`)}
            checked={draft.requires.includes(requirement)}
            onChange={(asked) =>
              onDraft({
                requires: requirements.filter((one) =>
                  one === requirement ? asked : draft.requires.includes(one),
                ),
              })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
