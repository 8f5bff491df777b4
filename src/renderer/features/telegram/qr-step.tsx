import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { Button } from '../../ui/button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { FailureNotice, StepTitle, Steps } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useLeft } from './use-left.ts';
import { useStepCall } from './use-step-call.ts';

export function QrStep({
  url,
  expiresAt,
  demo,
  onPhone,
  onCancel,
}: {
  readonly url: string;
  readonly expiresAt: number;
  readonly demo: boolean;
  readonly onPhone: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const scan = useStepCall();
  const left = useLeft(expiresAt);
  return (
    <>
      <StepTitle>{t('telegram.signIn.qr.title')}</StepTitle>
      <div className={styles.qrColumns}>
        <figure className={styles.qrFrame} data-stale={left === null}>
          <QrCode text={url} label={t('telegram.signIn.qr.image')} />
          <figcaption className={styles.faint}>
            {left === null
              ? t('telegram.signIn.qr.refreshing')
              : t('telegram.signIn.qr.refresh', { time: left })}
          </figcaption>
        </figure>
        <div className={styles.stack}>
          <Steps text={t('telegram.signIn.qr.steps')} />
          {demo ? (
            <div className={styles.stack}>
              <p className={styles.faint}>{t('telegram.signIn.qr.scanHint')}</p>
              <div>
                <Button
                  kind="primary"
                  busy={scan.busy}
                  onClick={() => void scan.run(() => rpc.telegram.demoScan({}))}
                >
                  {t('telegram.signIn.qr.scan')}
                </Button>
              </div>
            </div>
          ) : null}
          <FailureNotice failure={scan.failure} />
          <div className={styles.buttons}>
            <Button onClick={onPhone}>{t('telegram.signIn.toPhone')}</Button>
            <Button kind="quiet" onClick={onCancel}>
              {t('telegram.signIn.cancel')}
            </Button>
          </div>
        </div>
      </div>
    </>
  );
}
