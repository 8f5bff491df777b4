import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Technician } from '../../../shared/contract/technicians.ts';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { formatRoute } from '../../lib/router.ts';
import { useCommand } from '../../lib/use-command.ts';
import { fromWall, toWall } from '../../lib/wall-time.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import styles from './directory.module.css';
import { DutyWords } from './duty-words.tsx';
import { useTechnicians, type Technicians } from './use-technicians.ts';

const availabilities = ['available', 'busy', 'off'] as const;

/** What a technician can do, where, whether they can be called now and how much at once. */
export function TechnicianFields({ contactId }: { readonly contactId: number }) {
  const data = useTechnicians();
  const technician = data?.technicians.find((one) => one.contactId === contactId);
  if (!data || !technician) return null;
  return <Fields key={contactId} technician={technician} data={data} />;
}

function Fields({ technician, data }: { readonly technician: Technician; readonly data: Technicians }) {
  const { t } = useTranslation();
  const { rpc, preferences, ticker } = useDesk();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const { zone } = data;
  const [form, setForm] = useState(() => formOf(technician, zone));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part });
  const availableUntil =
    form.availability === 'available' || form.until === '' ? null : fromWall(form.until, zone);
  const isPast = availableUntil !== null && availableUntil <= ticker.second();
  const mostCalls = Number(form.mostCalls);
  const isWrong = !Number.isInteger(mostCalls) || mostCalls < 1 || mostCalls > 50;

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (isPast || isWrong) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    setBusy(true);
    await command(
      () =>
        rpc.technicians.save({
          contactId: technician.contactId,
          skillIds: form.skillIds.map(Number),
          regionIds: form.regionIds.map(Number),
          availability: form.availability,
          availableUntil,
          mostCalls,
        }),
      { done: t('technicians.fields.saved', { name: technician.name }) },
    );
    setBusy(false);
  }

  return (
    <section className={styles.chats} aria-label={t('technicians.fields.title')}>
      <h3>{t('technicians.fields.title')}</h3>
      <ul className={styles.faint}>
        <li>
          <DutyWords technician={technician} />
        </li>
        <li>{t('technicians.fields.load', { load: technician.load, most: technician.mostCalls })}</li>
      </ul>
      <a href={formatRoute({ page: 'calls', part: 'on-call', callId: null })}>
        {t('technicians.fields.schedule')}
      </a>
      <form className={styles.technician} noValidate onSubmit={(event) => void submit(event)}>
        <MultiSelect
          label={t('technicians.fields.skills')}
          placeholder={t('technicians.fields.skillsHint')}
          value={form.skillIds}
          options={data.skills
            .filter(({ id, active }) => active || form.skillIds.includes(String(id)))
            .map((skill) => ({ value: String(skill.id), label: nameOf(skill, language) || skill.name }))}
          onChange={(skillIds) => set({ skillIds })}
          nothingFound={t('technicians.fields.nothingFound')}
        />
        <MultiSelect
          label={t('technicians.fields.regions')}
          placeholder={t('technicians.fields.regionsHint')}
          value={form.regionIds}
          options={data.regions.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(regionIds) => set({ regionIds })}
          nothingFound={t('technicians.fields.nothingFound')}
        />
        <Segmented
          label={t('technicians.fields.availability')}
          value={form.availability}
          options={availabilities.map((value) => ({
            value,
            label: t(`technicians.availability.${value}`),
          }))}
          onChange={(availability) => set({ availability })}
        />
        {form.availability === 'available' ? null : (
          <Field
            label={t('technicians.fields.until')}
            description={t('technicians.fields.untilHint')}
            kind="datetime-local"
            value={form.until}
            onChange={(until) => set({ until })}
            error={tried && isPast ? t('technicians.fields.untilPast') : undefined}
          />
        )}
        <Field
          label={t('technicians.fields.mostCalls')}
          inputMode="numeric"
          value={form.mostCalls}
          onChange={(value) => set({ mostCalls: value })}
          error={tried && isWrong ? t('technicians.fields.mostCallsWrong') : undefined}
          maxLength={2}
        />
        <div className={styles.formActions}>
          <Button type="submit" busy={busy}>
            {t('technicians.fields.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function formOf({ skillIds, regionIds, availability, availableUntil, mostCalls }: Technician, zone: string) {
  return {
    skillIds: skillIds.map(String) as readonly string[],
    regionIds: regionIds.map(String) as readonly string[],
    availability,
    until: availableUntil === null ? '' : toWall(availableUntil, zone),
    mostCalls: String(mostCalls),
  };
}
