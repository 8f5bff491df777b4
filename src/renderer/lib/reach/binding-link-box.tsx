import { useTranslation } from 'react-i18next';
import type { BindingLink } from '../../../shared/contract/bindings.ts';
import { Button } from '../../ui/button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useSecond } from '../ticker.ts';
import { useCopy } from '../use-copy.ts';
import { useFormat } from '../use-format.ts';
import styles from './messenger-bindings.module.css';

/** For the camera of a phone across the desk, or to be sent. */
export function BindingLinkBox({
  name,
  link: { url, expiresAt },
  busy,
  onAgain,
  onClose,
}: {
  readonly name: string;
  readonly link: BindingLink;
  readonly busy: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const copy = useCopy();
  const isOver = useSecond() >= expiresAt;
  return (
    <div className={styles.box} role="group" aria-label={t('bindings.link.title', { name })}>
      <p>{t('bindings.link.steps')}</p>
      {isOver ? null : <QrCode text={url} label={t('bindings.link.image')} />}
      <p role="status" className={isOver ? styles.bad : styles.faint}>
        {isOver ? t('bindings.link.expired') : t('bindings.link.until', { time: format.time(expiresAt) })}
      </p>
      {isOver ? null : (
        <p className={styles.url} aria-label={t('bindings.link.address')}>
          {url}
        </p>
      )}
      <div className={styles.actions}>
        {isOver ? null : (
          <Button kind="primary" autoFocus onClick={() => copy(url)}>
            {t('bindings.link.copy')}
          </Button>
        )}
        <Button busy={busy} onClick={onAgain}>
          {t('bindings.link.again')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('bindings.link.close')}
        </Button>
      </div>
    </div>
  );
}
