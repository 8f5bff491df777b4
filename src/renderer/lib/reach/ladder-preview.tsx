import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewStep } from '../../../shared/contract/ladders.ts';
import type { Party, Urgency } from '../../../shared/domain/reaching.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Rpc } from '../desk.ts';
import { useErrorText } from '../error-text.ts';
import { useServerData } from '../server-data.ts';
import { useFormat } from '../use-format.ts';
import { waitText } from './wait-text.ts';
import styles from './reach.module.css';

const kinds = ['route', 'contact', 'person', 'technician', 'setting'] as const;

type Previewed = Awaited<ReturnType<Rpc['ladders']['preview']>>['parties'][number];

/** What would happen if they were notified now: each step with where it goes and how long it waits. */
export function LadderPreview({ to, urgency }: { readonly to: readonly Party[]; readonly urgency: Urgency }) {
  // Asked again when somebody else is chosen, not when the list is only made anew.
  const wanted = JSON.stringify(to.map(({ kind, id }) => ({ kind, id })));
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) =>
      rpc.ladders.preview({ to: JSON.parse(wanted) as Party[], urgency }, { signal }),
    [wanted, urgency],
  );
  const { data, error, status } = useServerData(load, kinds);
  const errorText = useErrorText();
  return (
    <div className={styles.previews} data-dimmed={status === 'stale'}>
      {error && !data ? <Notice tone="bad">{errorText(error)}</Notice> : null}
      {data?.parties.map((party) => (
        <OnePreview key={`${party.party.kind} ${party.party.id}`} preview={party} />
      ))}
    </div>
  );
}

function OnePreview({ preview }: { readonly preview: Previewed }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, steps, repeatMinutes, mostRounds, nextName, heldUntil } = preview;
  const isDead = steps.every(({ problem }) => problem !== null);
  const goesOn = [
    repeatMinutes !== null && mostRounds > 1
      ? t('ladders.preview.repeat', { count: mostRounds, time: format.age(repeatMinutes * 60_000) })
      : null,
    nextName === null ? t('ladders.preview.nextNone') : t('ladders.preview.next', { name: nextName }),
  ].filter((words) => words !== null);
  return (
    <section className={styles.preview} aria-label={t('ladders.preview.of', { name })}>
      <strong>{name}</strong>
      {heldUntil === null ? null : (
        <Notice tone="risk">{t('ladders.preview.held', { time: format.time(heldUntil) })}</Notice>
      )}
      {isDead ? <Notice tone="bad">{t('ladders.preview.nothing')}</Notice> : null}
      <ol className={styles.previewSteps}>
        {steps.map((step, index) => (
          // A ladder may have the same step twice: its place is its name.
          <li key={index} data-passed={step.problem !== null}>
            <StepWords step={step} />
          </li>
        ))}
      </ol>
      <p className={styles.faint}>{goesOn.join('; ')}</p>
    </section>
  );
}

function StepWords({ step }: { readonly step: PreviewStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = t(`ladders.channel.${step.channel}`);
  if (step.problem !== null) {
    return (
      <>
        <span className={styles.line}>
          {step.to === null ? channel : t('ladders.preview.to', { channel, to: step.toName || step.to })}
        </span>
        <span className={styles.bad}>
          ✕ {t(`ladders.preview.problem.${step.problem}`)}, {t('ladders.preview.passed')}
        </span>
      </>
    );
  }
  const time = waitText(step.waitSeconds, format);
  return (
    <>
      <span className={styles.line}>
        {t('ladders.preview.to', { channel, to: step.toName || (step.to ?? '') })}
      </span>
      <span className={styles.faint}>
        {[
          step.route === null ? null : t('ladders.preview.byRoute', { route: step.route }),
          step.furtherRoutes > 0 ? t('ladders.preview.further', { count: step.furtherRoutes }) : null,
          t('ladders.preview.waits', { what: t(`ladders.waitShort.${step.waitFor}`), time }),
        ]
          .filter((words) => words !== null)
          .join(', ')}
      </span>
      {step.neverTold ? <span className={styles.risk}>▲ {t('ladders.preview.neverTold')}</span> : null}
    </>
  );
}
