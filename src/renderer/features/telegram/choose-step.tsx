import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Notice } from '../../ui/notice.tsx';
import { FailureNotice, StepTitle } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useLeft, useWaiting } from './use-left.ts';
import type { StepCall } from './use-step-call.ts';

const points = ['real', 'limits', 'devices', 'seen', 'kept'] as const;

/** What signing in means for the account, and the two ways; nothing begins before it is confirmed. */
export function ChooseStep({
  title,
  understood,
  onUnderstood,
  waitUntil,
  call,
  onQr,
  onPhone,
  onClose,
}: {
  readonly title: string;
  readonly understood: boolean;
  readonly onUnderstood: (understood: boolean) => void;
  /** Too many tries: none is begun before. */
  readonly waitUntil: number | null;
  readonly call: StepCall;
  readonly onQr: () => void;
  readonly onPhone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState(false);
  const left = useLeft(waitUntil);
  const paused = useWaiting(waitUntil, call.failure?.waitUntil);

  function begin(way: () => void): void {
    setRefused(!understood);
    if (understood) way();
  }

  return (
    <>
      <StepTitle>{title}</StepTitle>
      <Notice tone="risk" title={t('telegram.warning.title')}>
        <ul className={styles.points}>
          {points.map((point) => (
            <li key={point}>{t(`telegram.warning.${point}`)}</li>
          ))}
        </ul>
      </Notice>
      <Checkbox
        label={t('telegram.warning.confirm')}
        checked={understood}
        onChange={(checked) => {
          onUnderstood(checked);
          setRefused(false);
        }}
      />
      {refused ? (
        <p className={styles.bad} role="alert">
          {t('telegram.warning.confirmFirst')}
        </p>
      ) : null}
      {left === null ? null : (
        <Notice tone="risk" title={t('telegram.signIn.limitTitle')}>
          {t('telegram.signIn.limit', { time: left })}
        </Notice>
      )}
      <FailureNotice failure={call.failure} />
      <div className={styles.buttons}>
        <Button kind="primary" busy={call.busy} disabled={paused} onClick={() => begin(onQr)}>
          {t('telegram.signIn.byQr')}
        </Button>
        <Button disabled={paused || call.busy} onClick={() => begin(onPhone)}>
          {t('telegram.signIn.byPhone')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('telegram.cancel')}
        </Button>
      </div>
    </>
  );
}
