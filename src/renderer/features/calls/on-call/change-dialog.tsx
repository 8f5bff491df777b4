import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Technician } from '../../../../shared/contract/technicians.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { fromWall, toWall } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { focusFirstInvalid } from '../../../ui/focus-first-invalid.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from './on-call.module.css';
import type { Day } from './week.ts';

/** Whose day was pressed; null is nobody's yet. */
export type ChangeOf = { readonly contactId: number | null; readonly day: Day | undefined };

const kinds = ['off', 'on', 'swap'] as const;
type Kind = (typeof kinds)[number];
type Span = { readonly from: string; readonly to: string };

/** Somebody is off or on duty for a while, or another one stands in, and maybe the other way round later. */
export function ChangeDialog({
  of: { contactId, day },
  technicians,
  zone,
  onClose,
}: {
  readonly of: ChangeOf;
  readonly technicians: readonly Technician[];
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const form = useRef<HTMLFormElement>(null);
  const begin: Span = day ? { from: toWall(day.from, zone), to: toWall(day.to, zone) } : { from: '', to: '' };
  const [who, setWho] = useState(contactId);
  const [kind, setKind] = useState<Kind>('off');
  const [withId, setWith] = useState<number | null>(null);
  const [span, setSpan] = useState(begin);
  const [back, setBack] = useState<Span | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const times = readSpan(span, zone);
  const backTimes = kind === 'swap' && back ? readSpan(back, zone) : null;
  const isSwap = kind === 'swap';

  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    setTried(true);
    const isReady =
      who !== null &&
      (!isSwap || withId !== null) &&
      !('problem' in times) &&
      (backTimes === null || !('problem' in backTimes));
    if (!isReady) {
      if (form.current) focusFirstInvalid(form.current);
      return;
    }
    if (busy) return;
    setBusy(true);
    const done = await command(
      () =>
        isSwap
          ? rpc.technicians.swap({ contactId: who, withId: withId ?? 0, ...times, back: backTimes, reason })
          : rpc.technicians.addOverride({ contactId: who, onDuty: kind === 'on', ...times, reason }),
      { done: t('technicians.onCall.add.done') },
    );
    setBusy(false);
    if (done) onClose();
  }

  const options = technicians.map((one) => ({ value: String(one.contactId), label: one.name }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('technicians.onCall.add.title')}
      closeLabel={t('common.close')}
      width={520}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void submit()}>
            {t('technicians.onCall.add.submit')}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Select
          label={t('technicians.onCall.add.who')}
          value={who === null ? null : String(who)}
          options={options}
          onChange={(value) => setWho(value === null ? null : Number(value))}
          error={tried && who === null ? t('technicians.onCall.add.needWho') : undefined}
          searchable
          opensOnFocus={false}
          nothingFound={t('common.nothingFound')}
        />
        <Segmented
          label={t('technicians.onCall.add.kind')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`technicians.onCall.add.kinds.${value}`) }))}
          onChange={setKind}
        />
        {isSwap ? (
          <Select
            label={t('technicians.onCall.add.with')}
            value={withId === null ? null : String(withId)}
            options={options.filter(({ value }) => value !== String(who))}
            onChange={(value) => setWith(value === null ? null : Number(value))}
            error={tried && withId === null ? t('technicians.onCall.add.needWith') : undefined}
            searchable
            nothingFound={t('common.nothingFound')}
          />
        ) : null}
        <SpanFields
          from={t('technicians.onCall.add.from')}
          to={t('technicians.onCall.add.to')}
          span={span}
          onChange={setSpan}
          problem={tried && 'problem' in times ? times.problem : undefined}
        />
        {isSwap ? (
          <Switch
            label={t('technicians.onCall.add.back')}
            checked={back !== null}
            onChange={(on) => setBack(on ? { from: '', to: '' } : null)}
          />
        ) : null}
        {isSwap && back ? (
          <SpanFields
            from={t('technicians.onCall.add.backFrom')}
            to={t('technicians.onCall.add.backTo')}
            span={back}
            onChange={setBack}
            problem={tried && backTimes && 'problem' in backTimes ? backTimes.problem : undefined}
          />
        ) : null}
        <Field
          label={t('technicians.onCall.add.reason')}
          value={reason}
          onChange={setReason}
          maxLength={300}
          autoComplete="off"
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function SpanFields({
  from,
  to,
  span,
  onChange,
  problem,
}: {
  readonly from: string;
  readonly to: string;
  readonly span: Span;
  readonly onChange: (span: Span) => void;
  readonly problem: Problem | undefined;
}) {
  const { t } = useTranslation();
  const error = problem ? t(`technicians.onCall.add.${problem}`) : undefined;
  return (
    <div className={styles.pair}>
      <Field
        label={from}
        kind="datetime-local"
        value={span.from}
        onChange={(value) => onChange({ ...span, from: value })}
        error={problem === 'badTime' ? error : undefined}
      />
      <Field
        label={to}
        kind="datetime-local"
        value={span.to}
        onChange={(value) => onChange({ ...span, to: value })}
        error={error}
      />
    </div>
  );
}

type Problem = 'badTime' | 'badSpan';

function readSpan(
  span: Span,
  zone: string,
): { readonly from: number; readonly to: number } | { readonly problem: Problem } {
  const from = fromWall(span.from, zone);
  const to = fromWall(span.to, zone);
  if (from === null || to === null) return { problem: 'badTime' };
  return to > from ? { from, to } : { problem: 'badSpan' };
}
