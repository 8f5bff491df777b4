import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ApiForm } from './api-form.tsx';
import styles from './telegram.module.css';

/** The application's key: asked for at first, one line afterwards. */
export function ApiKey({ apiId }: { readonly apiId: number | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.stack} aria-label={t('telegram.api.title')}>
      <h2 className={styles.heading}>{t('telegram.api.title')}</h2>
      {apiId === null || open ? (
        <ApiForm apiId={apiId} onSaved={() => setOpen(false)} onCancel={() => setOpen(false)} />
      ) : (
        <div className={styles.line}>
          <span>{t('telegram.api.saved', { apiId: String(apiId) })}</span>
          <Button
            label={`${t('telegram.api.change')}: ${t('telegram.api.title')}`}
            onClick={() => setOpen(true)}
          >
            {t('telegram.api.change')}
          </Button>
        </div>
      )}
    </section>
  );
}
