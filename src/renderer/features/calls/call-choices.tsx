import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Select } from '../../ui/select.tsx';
import styles from './dialog.module.css';
import type { CallForm } from './use-call-form.ts';

const regionKinds = ['asset'] as const;
const loadRegions = (rpc: Rpc, signal: AbortSignal) => rpc.assets.lists({}, { signal });
const skillKinds = ['technician'] as const;
const loadSkills = (rpc: Rpc, signal: AbortSignal) => rpc.technicians.list({}, { signal });
const clockKinds = ['incident'] as const;

/** What the technician is chosen by, and which work of the incident the call is. */
export function CallChoices({
  form,
  set,
  incidentId,
}: {
  readonly form: CallForm;
  readonly set: (part: Partial<CallForm>) => void;
  readonly incidentId: number | undefined;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const { data: lists } = useServerData(loadRegions, regionKinds);
  const { data: technicians } = useServerData(loadSkills, skillKinds);
  const skills = (technicians?.skills ?? []).filter(({ active }) => active);
  return (
    <>
      <div className={styles.pair}>
        <Select
          label={t('calls.create.region')}
          placeholder={t('calls.create.anyRegion')}
          value={form.regionId === null ? null : String(form.regionId)}
          options={(lists?.regions ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(value) => set({ regionId: value === null ? null : Number(value) })}
          clearable
          searchable
          nothingFound={t('common.nothingFound')}
        />
        <Select
          label={t('calls.create.skill')}
          placeholder={t('calls.create.anySkill')}
          value={form.skillId === null ? null : String(form.skillId)}
          options={skills.map((skill) => ({
            value: String(skill.id),
            label: nameOf(skill, language) || skill.name,
          }))}
          onChange={(value) => set({ skillId: value === null ? null : Number(value) })}
          clearable
          searchable
          nothingFound={t('common.nothingFound')}
        />
      </div>
      {incidentId === undefined ? null : <WorkChoice incidentId={incidentId} form={form} set={set} />}
    </>
  );
}

function WorkChoice({
  incidentId,
  form,
  set,
}: {
  readonly incidentId: number;
  readonly form: CallForm;
  readonly set: (part: Partial<CallForm>) => void;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.clocks.ofIncident({ incidentId }, { signal }),
    [incidentId],
  );
  const { data } = useServerData(load, clockKinds);
  const works = data?.works ?? [];
  if (works.length === 0) return null;
  return (
    <Select
      label={t('calls.create.work')}
      placeholder={t('calls.create.noWork')}
      description={t('calls.create.workHint')}
      value={form.workKind || null}
      options={works.map((work) => ({ value: work.kind, label: nameOf(work, language) }))}
      onChange={(value) => set({ workKind: value ?? '' })}
      clearable
    />
  );
}
