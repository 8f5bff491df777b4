import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './telegram.module.css';
import { useLeft } from './use-left.ts';
import type { StepFailure } from './use-step-call.ts';

/** Takes the focus when its step appears, unless a field of the step does: a screen reader says where one is. */
export function StepTitle({
  children,
  quiet = false,
}: {
  readonly children: string;
  readonly quiet?: boolean;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!quiet) title.current?.focus();
  }, [quiet]);
  return (
    <h2 ref={title} className={styles.stepTitle} tabIndex={-1}>
      {children}
    </h2>
  );
}

/** Why the last call did not work, with how long to wait if Telegram said so. */
export function FailureNotice({ failure }: { readonly failure: StepFailure | null }) {
  const errorText = useTelegramErrorText();
  if (!failure || failure.error.code === 'cancelled') return null;
  return (
    <Notice tone="bad" alert>
      {errorText(failure.error)}
      <WaitLine until={failure.waitUntil} />
    </Notice>
  );
}

/** Telegram's own wait, ticking; nothing once it is over. */
export function WaitLine({ until }: { readonly until: number | null }) {
  const { t } = useTranslation();
  const left = useLeft(until);
  if (left === null) return null;
  return <p className={styles.wait}>{t('telegram.signIn.wait', { time: left })}</p>;
}

/** Steps of an instruction, written as one text with bars between them. */
export function Steps({ text }: { readonly text: string }) {
  return (
    <ol className={styles.steps}>
      {text.split('|').map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
