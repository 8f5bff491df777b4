import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useSecond } from '../../lib/ticker.ts';
import { Button } from '../../ui/button.tsx';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import styles from './composer.module.css';
import type { Leaving } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';

const acceptedShownMs = 6000;

/** A letter on its way out: counts down while it can be taken back, then says how far it got. */
export function LeavingBar({
  composer,
  slotKey,
  leaving,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly leaving: Leaving;
}) {
  const { t } = useTranslation();
  const { announcer } = useDesk();
  const keys = useKeys();
  const now = useSecond();
  const leftMs = leaving.notBefore - now;
  const canUndo = leaving.state === 'queued' && leftMs > 0;

  useShortcut('undo', () => {
    if (!canUndo) return false;
    void composer.takeBack(slotKey);
    return undefined;
  });

  useEffect(() => {
    announcer.say(
      t('composer.leaving.counting', { count: Math.ceil((leaving.notBefore - Date.now()) / 1000) }),
    );
  }, [announcer, t, leaving.outboxId, leaving.notBefore]);

  useEffect(() => {
    if (leaving.state !== 'accepted') return undefined;
    const timer = setTimeout(() => composer.dismissLeaving(slotKey), acceptedShownMs);
    return () => clearTimeout(timer);
  }, [composer, slotKey, leaving.state]);

  const text = leaving.takingBack
    ? t('composer.leaving.takingBack')
    : canUndo
      ? t('composer.leaving.counting', { count: Math.max(1, Math.ceil(leftMs / 1000)) })
      : leaving.state === 'queued'
        ? t(leftMs > -5000 ? 'composer.leaving.sending' : 'composer.leaving.waiting')
        : t(`composer.leaving.${leaving.state}`);

  return (
    <div className={styles.leaving} data-state={leaving.state}>
      <SendGlyph state={leaving.state} label={t(`outbox.state.${leaving.state}`)} />
      <span className={styles.leavingText}>{text}</span>
      {canUndo ? (
        <Button
          kind="default"
          keys={keys('undo')}
          busy={leaving.takingBack}
          onClick={() => void composer.takeBack(slotKey)}
        >
          {t('composer.leaving.undo')}
        </Button>
      ) : (
        <Button kind="quiet" onClick={() => composer.dismissLeaving(slotKey)}>
          {t('composer.leaving.hide')}
        </Button>
      )}
    </div>
  );
}
