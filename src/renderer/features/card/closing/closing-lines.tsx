import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { toWall } from '../../../lib/wall-time.ts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { BlockerLine } from './blocker-line.tsx';
import { endOf, type ClosingForm, type Wanted } from './closing-form.ts';
import styles from './closing.module.css';

/** A row for each thing that is missing: the word for it is the name of the field that mends it. */
export function ClosingLines({
  incidentId,
  wanted,
  form,
  onForm,
  tried,
}: {
  readonly incidentId: number;
  readonly wanted: Wanted;
  readonly form: ClosingForm;
  readonly onForm: (part: Partial<ClosingForm>) => void;
  readonly tried: boolean;
}) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const { types, repairPriorities } = useStore(reference);
  const missing = (is: boolean): string | undefined =>
    tried && is ? t('workflow.closing.missing') : undefined;
  const options = (
    items: Iterable<{
      readonly id: number;
      readonly name: string;
      readonly nameEn: string;
      readonly active: boolean;
    }>,
  ) =>
    [...items]
      .filter(({ active }) => active)
      .map((item) => ({ value: String(item.id), label: nameOf(item, language) }));
  const lonely = wanted.lonelyPriority;

  return (
    <>
      {wanted.type ? (
        <Select
          label={t('workflow.closing.problem.no-type')}
          placeholder={t('card.noType')}
          value={textOf(form.typeId)}
          options={options(types.values())}
          onChange={(value) => onForm({ typeId: idOf(value), subtypeId: null })}
          error={missing(form.typeId === null)}
          searchable
          autoFocus
        />
      ) : null}
      {wanted.subtypes.length > 0 ? (
        <Select
          label={t('workflow.closing.problem.no-subtype')}
          placeholder={t('workflow.noSubtype')}
          value={textOf(form.subtypeId)}
          options={options(wanted.subtypes)}
          onChange={(value) => onForm({ subtypeId: idOf(value) })}
          error={missing(form.subtypeId === null)}
          searchable
          autoFocus={!wanted.type}
        />
      ) : null}
      {wanted.works.map((work) => (
        <WorkLine
          key={work.work}
          work={work}
          text={form.ends[work.work]}
          onText={(text) => onForm({ ends: { ...form.ends, [work.work]: text } })}
          tried={tried}
        />
      ))}
      {wanted.priority ? (
        <Select
          label={t('workflow.closing.problem.repair-without-priority')}
          placeholder={t('workflow.repairPriority')}
          value={textOf(form.repairPriorityId)}
          options={options(repairPriorities.values())}
          onChange={(value) => onForm({ repairPriorityId: idOf(value) })}
          error={missing(form.repairPriorityId === null)}
        />
      ) : null}
      {lonely === null ? null : (
        <div className={styles.line}>
          <span>
            {t('workflow.closing.problem.priority-without-repair', {
              name: nameOf(repairPriorities.get(lonely), language),
            })}
          </span>
          <Switch
            label={t('workflow.closing.takePriority')}
            checked={form.takesPriority}
            onChange={(takesPriority) => onForm({ takesPriority })}
          />
        </div>
      )}
      {wanted.blockers.length > 0 ? (
        <ul className={styles.blockers}>
          {wanted.blockers.map((blocker) => (
            <BlockerLine key={blocker.incidentId} blocker={blocker} incidentId={incidentId} />
          ))}
        </ul>
      ) : null}
      {tried && wanted.blockers.length > 0 ? (
        <p role="alert" className={styles.error}>
          {t('workflow.closing.blocked')}
        </p>
      ) : null}
    </>
  );
}

function WorkLine({
  work,
  text,
  onText,
  tried,
}: {
  readonly work: Wanted['works'][number];
  readonly text: string | undefined;
  readonly onText: (text: string) => void;
  readonly tried: boolean;
}) {
  const { t } = useTranslation();
  const { preferences, shell, ticker } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const zone = useStore(shell, (state) => state.zone);
  const format = useFormat();
  const now = ticker.second();
  const name = nameOf(work, language);
  const isBad = (tried || text !== undefined) && endOf(work, text, now, zone) === null;
  return (
    <Field
      kind="datetime-local"
      label={t('workflow.closing.endedAt', { name })}
      description={t('workflow.closing.problem.work-running', { name, at: format.when(work.startedAt, now) })}
      value={text ?? toWall(now, zone)}
      onChange={onText}
      error={isBad ? t('workflow.closing.badTime') : undefined}
    />
  );
}

function textOf(id: number | null): string | null {
  return id === null ? null : String(id);
}

function idOf(value: string | null): number | null {
  return value === null ? null : Number(value);
}
