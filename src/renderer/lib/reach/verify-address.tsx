import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressState } from '../../../shared/contract/ladders.ts';
import type { Party } from '../../../shared/domain/reaching.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk, type Rpc } from '../desk.ts';
import { useCommand } from '../use-command.ts';
import { useFormat } from '../use-format.ts';
import styles from './address-mark.module.css';

type Outcome = Awaited<ReturnType<Rpc['ladders']['confirmCode']>>;

/**
 * A code goes to the address, whoever reads it says it to the dispatcher. It stands inside forms, so it is none itself.
 */
export function VerifyAddress({ owner, state }: { readonly owner: Party; readonly state: AddressState }) {
  const { t } = useTranslation();
  const { rpc, ticker } = useDesk();
  const format = useFormat();
  const command = useCommand();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const { kind, value, deadAt, deadBecause, verifiedAt, codeUntil } = state;
  const address = { kind, value };
  const isAsked = codeUntil !== null && codeUntil > ticker.second();

  async function send(): Promise<void> {
    setBusy(true);
    setOutcome(undefined);
    setCode('');
    await command(() => rpc.ladders.sendCode({ owner, address }));
    setBusy(false);
  }

  async function confirm(): Promise<void> {
    if (code.trim() === '') return;
    setBusy(true);
    const answer = await command(() => rpc.ladders.confirmCode({ address, code }));
    setBusy(false);
    if (answer) setOutcome(answer);
    setCode('');
  }

  const setDead = (dead: boolean): void =>
    void command(() => rpc.ladders.setDead({ address, dead }), {
      done: t(dead ? 'ladders.address.killed' : 'ladders.address.revived'),
    });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    // The form around it must not be sent.
    event.preventDefault();
    void confirm();
  }

  if (deadAt !== null) {
    return (
      <div className={styles.verify}>
        <Notice tone="bad">
          {deadBecause ? t('ladders.address.deadBecause', { why: deadBecause }) : t('ladders.address.dead')}
        </Notice>
        <div className={styles.foot}>
          <Button onClick={() => setDead(false)}>{t('ladders.address.revive')}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.verify}>
      {verifiedAt === null ? null : (
        <p>✓ {t('ladders.address.verified', { when: format.full(verifiedAt) })}</p>
      )}
      {outcome ? <OutcomeWords outcome={outcome} /> : null}
      {isAsked && outcome?.outcome !== 'verified' ? (
        <>
          <p>{t('ladders.address.sent', { value, time: format.time(codeUntil) })}</p>
          <Field
            label={t('ladders.address.code')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={20}
            value={code}
            onChange={setCode}
            onKeyDown={onKeyDown}
          />
          <div className={styles.foot}>
            <Button kind="primary" busy={busy} onClick={() => void confirm()}>
              {t('ladders.address.confirm')}
            </Button>
            <Button busy={busy} onClick={() => void send()}>
              {t('ladders.address.again')}
            </Button>
          </div>
        </>
      ) : (
        <div className={styles.foot}>
          <Button busy={busy} onClick={() => void send()}>
            {t('ladders.address.verify')}
          </Button>
          <Button onClick={() => setDead(true)}>{t('ladders.address.kill')}</Button>
        </div>
      )}
    </div>
  );
}

function OutcomeWords({ outcome: { outcome, triesLeft } }: { readonly outcome: Outcome }) {
  const { t } = useTranslation();
  if (outcome === 'verified') return <Notice tone="good">{t('ladders.address.outcome.verified')}</Notice>;
  return (
    <Notice tone="bad" alert>
      {outcome === 'wrong'
        ? t('ladders.address.outcome.wrong', { count: triesLeft })
        : t(`ladders.address.outcome.${outcome}`)}
    </Notice>
  );
}
