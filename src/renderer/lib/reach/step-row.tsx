import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { kindOfChannel } from '../../../shared/domain/address-key.ts';
import { reachChannels } from '../../../shared/domain/reaching.ts';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import type { Rpc } from '../desk.ts';
import { waitUnits, type LadderProblem, type StepForm } from './ladder-form.ts';
import styles from './ladder-editor.module.css';

export type Reach = Awaited<ReturnType<Rpc['ladders']['of']>>;

const waits = ['accepted', 'delivered', 'read', 'acknowledged'] as const;

/** One step of a ladder; Alt with the arrows moves it. */
export function StepRow({
  step,
  at,
  count,
  reach,
  problems,
  onChange,
  onMove,
  onRemove,
}: {
  readonly step: StepForm;
  readonly at: number;
  readonly count: number;
  readonly reach: Reach;
  readonly problems: readonly LadderProblem[];
  readonly onChange: (part: Partial<StepForm>) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const number = at + 1;
  const name = t('ladders.step.name', { number });
  const bad = (field: 'wait' | 'retries'): boolean =>
    problems.some((problem) => problem.field === field && 'at' in problem && problem.at === at);
  const told = reach.receipts[step.channel];
  const choose =
    <T extends string>(values: readonly T[], take: (value: T) => void) =>
    (chosen: string | null) => {
      const value = values.find((other) => other === chosen);
      if (value !== undefined) take(value);
    };

  function onKeyDown(event: KeyboardEvent): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    // Before the field under the hand: a list would open by the same arrow.
    event.preventDefault();
    event.stopPropagation();
    onMove(event.key === 'ArrowUp' ? at - 1 : at + 1);
  }

  return (
    <li className={styles.step} aria-label={name} onKeyDownCapture={onKeyDown}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.fields}>
        <div className={styles.channel}>
          <Select
            name={`${name}: ${t('ladders.step.channel')}`}
            value={step.channel}
            options={reachChannels.map((value) => ({ value, label: t(`ladders.channel.${value}`) }))}
            onChange={choose(reachChannels, (channel) => onChange({ channel, address: '' }))}
          />
        </div>
        <div className={styles.address}>
          <Select
            name={`${name}: ${t('ladders.step.address')}`}
            value={step.address}
            options={addressOptions(reach, step, t('ladders.step.firstAddress'))}
            onChange={(address) => onChange({ address: address ?? '' })}
          />
        </div>
        <div className={styles.waitFor}>
          <Select
            name={`${name}: ${t('ladders.step.waitFor')}`}
            value={step.waitFor}
            options={waits.map((value) => ({ value, label: t(`ladders.wait.${value}`) }))}
            onChange={choose(waits, (waitFor) => onChange({ waitFor }))}
          />
        </div>
        <div className={styles.wait}>
          <Field
            name={`${name}: ${t('ladders.step.wait')}`}
            inputMode="numeric"
            value={step.wait}
            maxLength={5}
            error={bad('wait') ? t('ladders.step.badWait') : undefined}
            onChange={(wait) => onChange({ wait })}
          />
          <Select
            name={`${name}: ${t('ladders.step.waitUnit')}`}
            value={step.unit}
            options={waitUnits.map((value) => ({ value, label: t(`ladders.step.${value}`) }))}
            onChange={choose(waitUnits, (unit) => onChange({ unit }))}
          />
        </div>
        <div className={styles.retries}>
          <Field
            name={`${name}: ${t('ladders.step.retries')}`}
            inputMode="numeric"
            value={step.retries}
            maxLength={2}
            error={bad('retries') ? t('ladders.step.badRetries') : undefined}
            onChange={(retries) => onChange({ retries })}
          />
        </div>
        {told === undefined ? (
          <p className={styles.risk}>▲ {t('ladders.preview.problem.no-route')}</p>
        ) : told.includes(step.waitFor) ? null : (
          <p className={styles.risk}>
            ▲ {t('ladders.step.neverTold', { what: t(`ladders.waitShort.${step.waitFor}`) })}
          </p>
        )}
      </div>
      <div className={styles.buttons}>
        <IconButton
          small
          label={t('ladders.step.up', { number })}
          icon={<ArrowUp size={14} />}
          disabled={at === 0}
          onClick={() => onMove(at - 1)}
        />
        <IconButton
          small
          label={t('ladders.step.down', { number })}
          icon={<ArrowDown size={14} />}
          disabled={number === count}
          onClick={() => onMove(at + 1)}
        />
        <IconButton
          small
          label={t('ladders.step.remove', { number })}
          icon={<X size={14} />}
          onClick={onRemove}
        />
      </div>
    </li>
  );
}

/** The chosen one is offered even when they have it no more: it is not lost by being looked at. */
function addressOptions(reach: Reach, { channel, address }: StepForm, first: string) {
  const values = reach.addresses
    .filter(({ kind }) => kind === kindOfChannel[channel])
    .map(({ value }) => value);
  const known = address === '' || values.includes(address) ? values : [...values, address];
  return [{ value: '', label: first }, ...[...new Set(known)].map((value) => ({ value, label: value }))];
}
