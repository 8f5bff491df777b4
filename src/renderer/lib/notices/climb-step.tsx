import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClimbStep } from '../../../shared/contract/notifications.ts';
import { Button } from '../../ui/button.tsx';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import { useDesk } from '../desk.ts';
import { waitText } from '../reach/wait-text.ts';
import { safeLine } from '../safe-text.ts';
import { useCommand } from '../use-command.ts';
import { useFormat } from '../use-format.ts';
import { ChannelIcon } from './channel-icon.tsx';
import { moneyText } from './money.ts';
import styles from './notices.module.css';
import { StepAttempts } from './step-attempts.tsx';

const tones = {
  came: 'good',
  failed: 'bad',
  unknown: 'risk',
  'no-receipt': 'risk',
  'no-acknowledgement': 'risk',
} as const;

/** One step: what was planned, when it got how far, what it cost, what the provider says, and why it moved on. */
export function ClimbStepRow({ step, words }: { readonly step: ClimbStep; readonly words: string }) {
  const { t } = useTranslation();
  const { planned, state, end } = step;
  const channel = t(`ladders.channel.${planned.channel}`);
  const address = safeLine(step.address || planned.address);
  const tone = end in tones ? tones[end as keyof typeof tones] : undefined;
  return (
    <li className={styles.step} data-taken={state !== null} data-step={step.step + 1}>
      <span className={styles.number} aria-hidden="true">
        {step.step + 1}
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <span className="visually-hidden">{t('notifications.climb.step', { number: step.step + 1 })}</span>
          {state === null ? null : <SendGlyph state={state} label={t(`notifications.delivery.${state}`)} />}
          <ChannelIcon channel={planned.channel} named />
          <strong className={styles.where}>
            {address === '' ? channel : t('notifications.climb.to', { channel, address })}
          </strong>
          {step.routeName === null ? null : (
            <span className={styles.faint}>
              {t('notifications.climb.by', { route: safeLine(step.routeName) })}
            </span>
          )}
          <Plan step={step} />
          <Cost step={step} />
        </div>
        {state === null ? null : <Times step={step} />}
        <p className={styles.why} data-tone={tone}>
          {words}
        </p>
        {end === 'unknown' && step.deliveryId !== null && state === 'unknown' ? (
          <Settle deliveryId={step.deliveryId} />
        ) : null}
        <StepAttempts step={step} />
      </div>
    </li>
  );
}

function Plan({ step: { planned } }: { readonly step: ClimbStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const plan = t('notifications.climb.plan', {
    what: t(`ladders.waitShort.${planned.waitFor}`),
    time: waitText(planned.waitSeconds, format),
  });
  const retries =
    planned.retries > 0 ? `, ${t('notifications.climb.retries', { count: planned.retries })}` : '';
  return (
    <span className={styles.faint}>
      {plan}
      {retries}
    </span>
  );
}

function Cost({ step: { cost, segments } }: { readonly step: ClimbStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (cost === null && segments === null) return null;
  const parts = [
    cost === null || cost === 0 ? null : t('notifications.climb.cost', { amount: moneyText(cost, format) }),
    segments === null ? null : t('notifications.climb.segments', { count: segments }),
  ];
  return <span className={styles.cost}>{parts.filter((part) => part !== null).join(' · ')}</span>;
}

/** How far it got, each with its time; what has not come yet is a dash. */
function Times({ step }: { readonly step: ClimbStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const times = [
    ['sent', step.sentAt],
    ['accepted', step.acceptedAt],
    ['delivered', step.deliveredAt],
    ['read', step.readAt],
    ['acknowledged', step.acknowledgedAt],
    ...(step.failedAt === null ? [] : ([['failed', step.failedAt]] as const)),
  ] as const;
  return (
    <dl className={styles.times} aria-label={t('notifications.climb.times')}>
      <div>
        <dt>{t('notifications.climb.time.taken')}</dt>
        <dd>{step.dueAt === null ? '—' : format.clock(step.dueAt)}</dd>
      </div>
      {times.map(([key, at]) => (
        <div key={key} data-empty={at === null}>
          <dt>{t(`notifications.climb.time.${key}`)}</dt>
          <dd title={at === null ? undefined : format.full(at)}>{at === null ? '—' : format.clock(at)}</dd>
        </div>
      ))}
      {step.providerStatus === null && step.errorDetail === null ? null : (
        <div className={styles.raw}>
          <dt>{t('notifications.climb.raw')}</dt>
          <dd>
            <q>{safeLine(step.providerStatus ?? step.errorDetail ?? '')}</q>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Nobody but a person can know any more. */
function Settle({ deliveryId }: { readonly deliveryId: number }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [busy, setBusy] = useState(false);
  async function say(arrived: boolean): Promise<void> {
    setBusy(true);
    await command(() => rpc.notifications.settle({ deliveryId, arrived }), {
      done: t('notifications.climb.settled'),
    });
    setBusy(false);
  }
  return (
    <p className={styles.settle}>
      {t('notifications.climb.unknownAsk')}{' '}
      <Button disabled={busy} onClick={() => void say(true)}>
        {t('notifications.climb.arrived')}
      </Button>{' '}
      <Button disabled={busy} onClick={() => void say(false)}>
        {t('notifications.climb.never')}
      </Button>
    </p>
  );
}
