import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import styles from './shift.module.css';

type Step = 'before' | 'asked' | 'silent' | 'heard' | 'unheard';

/** Plays the alarm and asks; the answer stands in the journal, and a "no" makes the shell sound too. */
export function SoundTest({ onAnswered }: { readonly onAnswered?: ((heard: boolean) => void) | undefined }) {
  const { rpc, sound } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const [step, setStep] = useState<Step>('before');

  async function play(): Promise<void> {
    await sound.unlock().catch(() => undefined);
    setStep(sound.play('overdue', 1.2) ? 'asked' : 'silent');
  }

  async function answer(heard: boolean): Promise<void> {
    const done = await command(() => rpc.shift.soundTested({ heard }));
    if (!done) return;
    sound.markHeard(heard);
    setStep(heard ? 'heard' : 'unheard');
    onAnswered?.(heard);
  }

  return (
    <section className={styles.block} aria-label={t('shift.sound.title')}>
      <h2 className={styles.heading}>{t('shift.sound.title')}</h2>
      {step === 'before' ? <p className={styles.faint}>{t('shift.sound.text')}</p> : null}
      <div className={styles.row}>
        <Button autoFocus={onAnswered !== undefined} onClick={() => void play()}>
          {t(step === 'before' ? 'shift.sound.play' : 'shift.sound.again')}
        </Button>
        {step === 'asked' || step === 'silent' ? (
          <>
            {step === 'asked' ? <span>{t('shift.sound.ask')}</span> : null}
            {step === 'asked' ? (
              <Button kind="primary" onClick={() => void answer(true)}>
                {t('shift.sound.yes')}
              </Button>
            ) : null}
            <Button onClick={() => void answer(false)}>{t('shift.sound.no')}</Button>
          </>
        ) : null}
      </div>
      <p aria-live="polite" className={step === 'heard' ? styles.faint : styles.risk}>
        {step === 'silent' ? t('shift.sound.silent') : null}
        {step === 'heard' ? t('shift.sound.good') : null}
        {step === 'unheard' ? t('shift.sound.bad') : null}
      </p>
    </section>
  );
}
