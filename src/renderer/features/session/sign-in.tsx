import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import styles from './sign-in.module.css';

type Someone = z.infer<PultContract['session']['people']['output']>['people'][number];

/** Who works now; a digit chooses, a PIN follows where there is one. */
export function SignIn({ onDone }: { readonly onDone?: (() => void) | undefined }) {
  const { session } = useDesk();
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { people, error, reload } = usePeople();
  const [chosen, setChosen] = useState<Someone | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);

  async function enter(someone: Someone, pin: string | undefined): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await session.signIn(someone.id, pin);
      onDone?.();
    } catch (thrown) {
      setFailure(toAppError(thrown));
      setBusy(false);
    }
  }

  function choose(someone: Someone): void {
    setChosen(someone);
    setFailure(null);
    if (!someone.hasPin) void enter(someone, undefined);
  }

  return (
    <div className={styles.screen} data-own-keys>
      <div
        className={styles.box}
        onKeyDown={(event) => {
          const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
          const someone = digit === undefined ? undefined : people?.[Number(digit) - 1];
          if (someone && !(event.target instanceof HTMLInputElement)) choose(someone);
        }}
      >
        <h1 className={styles.title}>{t('session.title')}</h1>
        <p className={styles.text}>{t('session.text')}</p>
        {error ? (
          <EmptyState
            tone="error"
            title={t('session.failed')}
            action={<Button onClick={reload}>{t('common.retry')}</Button>}
          >
            {errorText(error)}
          </EmptyState>
        ) : null}
        {people?.length === 0 ? (
          <EmptyState title={t('session.nobody')}>{t('session.nobodyText')}</EmptyState>
        ) : null}
        <ul className={styles.people}>
          {people?.map((someone, place) => (
            <li key={someone.id}>
              <PersonButton
                someone={someone}
                place={place}
                chosen={someone.id === chosen?.id}
                onChoose={() => choose(someone)}
              />
              {someone.id === chosen?.id && someone.hasPin ? (
                <Pin
                  name={someone.name}
                  busy={busy}
                  error={failure ? errorText(failure) : undefined}
                  onEnter={(pin) => void enter(someone, pin)}
                />
              ) : null}
            </li>
          ))}
        </ul>
        {failure && !chosen?.hasPin ? (
          <p className={styles.error} role="alert">
            {errorText(failure)}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function PersonButton({
  someone,
  place,
  chosen,
  onChoose,
}: {
  readonly someone: Someone;
  readonly place: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <button
      type="button"
      className={styles.person}
      aria-pressed={chosen}
      data-autofocus={place === 0 || undefined}
      onClick={onChoose}
      ref={(button) => {
        if (place === 0 && document.activeElement === document.body) button?.focus();
      }}
    >
      <span className={styles.name}>{someone.name}</span>
      <span className={styles.role}>
        {someone.onDutySince === null
          ? t(`session.${someone.role}`)
          : t('session.onDuty', { time: format.time(someone.onDutySince) })}
      </span>
      {place < 9 ? <Kbd keys={String(place + 1)} /> : null}
    </button>
  );
}

function Pin({
  name,
  busy,
  error,
  onEnter,
}: {
  readonly name: string;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onEnter: (pin: string) => void;
}) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  return (
    <form
      className={styles.pin}
      onSubmit={(event) => {
        event.preventDefault();
        onEnter(pin);
      }}
    >
      <Field
        kind="password"
        name={t('session.pinFor', { name })}
        placeholder={t('session.pin')}
        value={pin}
        onChange={setPin}
        error={error}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        autoFocus
      />
      <Button kind="primary" type="submit" busy={busy} disabled={pin === ''}>
        {t('session.signIn')}
      </Button>
    </form>
  );
}

function usePeople(): {
  readonly people: readonly Someone[] | null;
  readonly error: AppError | null;
  readonly reload: () => void;
} {
  const { rpc } = useDesk();
  const [state, setState] = useState<{ people: readonly Someone[] | null; error: AppError | null }>({
    people: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    rpc.session.people({}, { signal: stop.signal }).then(
      ({ people }) => setState({ people, error: null }),
      (thrown: unknown) => {
        if (!stop.signal.aborted) setState({ people: null, error: toAppError(thrown) });
      },
    );
    return () => stop.abort();
  }, [rpc, round]);
  return { ...state, reload: () => setRound(round + 1) };
}
