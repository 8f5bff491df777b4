import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../lib/error-text.ts';
import { useRuntimeText } from '../../../lib/runtime-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import own from './routes.module.css';
import type { RouteTestState } from './use-route-test.ts';

/** What the service said of itself, or what went wrong, what to do, and its own words. */
export function RouteTestOutcome({ test }: { readonly test: RouteTestState }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const text = useRuntimeText();
  const { running, facts, error, stale } = test;
  const raw = error?.details['raw'];
  return (
    <div className={styles.stack} aria-live="polite">
      {running ? <Notice tone="info">{t('routes.test.running')}</Notice> : null}
      {error && !running ? (
        <Notice tone="bad" title={t('routes.test.failed')} alert>
          <p>{errorText(error)}</p>
          {typeof raw === 'string' ? <p className={styles.server}>{t('routes.test.said', { raw })}</p> : null}
        </Notice>
      ) : null}
      {facts && !running ? (
        <div className={styles.stack} data-dimmed={stale}>
          <Notice tone="good" title={t('routes.test.ok')}>
            <dl className={own.facts}>
              {Object.entries(facts).map(([name, value]) => (
                <div key={name} style={{ display: 'contents' }}>
                  <dt>{text(`routes.test.facts.${name}`) ?? name}</dt>
                  <dd>{String(value)}</dd>
                </div>
              ))}
            </dl>
          </Notice>
        </div>
      ) : null}
      {stale && !running ? <p className={styles.faint}>{t('routes.test.stale')}</p> : null}
    </div>
  );
}
