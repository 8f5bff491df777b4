import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import styles from '../settings.module.css';
import { proxyPassword, specOf, type RouteForm, type RouteProblem } from './route-form.ts';
import own from './routes.module.css';
import { SecretField } from './secret-field.tsx';

/** What every route has: how fast it may send, what it may cost, and by which proxy. `children` are further fields. */
export function RouteLimits({
  form,
  kept,
  problems,
  onForm,
  children,
}: {
  readonly form: RouteForm;
  readonly kept: readonly string[];
  readonly problems: ReadonlySet<RouteProblem>;
  readonly onForm: (form: RouteForm) => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const money = (name: 'price' | 'dailyLimit') => ({
    value: form[name],
    maxLength: 10,
    onChange: (text: string) => onForm({ ...form, [name]: text }),
    error: problems.has(name) ? t('routes.form.badMoney') : undefined,
  });
  const hasTrouble = ['proxy', 'timeoutSeconds'].some((name) => problems.has(name as RouteProblem));
  return (
    <div className={styles.fields}>
      <Field
        label={t('routes.form.perMinute')}
        inputMode="numeric"
        value={form.perMinute}
        maxLength={5}
        onChange={(perMinute) => onForm({ ...form, perMinute })}
        error={problems.has('perMinute') ? t('routes.form.badPerMinute') : undefined}
      />
      {specOf(form.kind).paid ? (
        <>
          <Field
            label={t('routes.form.price')}
            description={t('routes.form.priceHint')}
            {...money('price')}
          />
          <Field
            label={t('routes.form.dailyLimit')}
            description={t('routes.form.dailyLimitHint')}
            {...money('dailyLimit')}
          />
        </>
      ) : null}
      <details className={own.more} open={hasTrouble || undefined}>
        <summary>{t('routes.form.further')}</summary>
        <div className={own.form}>
          {children}
          <Field
            label={t('routes.form.timeout')}
            inputMode="numeric"
            value={form.timeoutSeconds}
            maxLength={3}
            onChange={(timeoutSeconds) => onForm({ ...form, timeoutSeconds })}
            error={problems.has('timeoutSeconds') ? t('routes.form.badTimeout') : undefined}
          />
          <Field
            label={t('routes.form.proxy')}
            description={t('routes.form.proxyHint')}
            value={form.proxy}
            maxLength={500}
            mono
            autoComplete="off"
            onChange={(proxy) => onForm({ ...form, proxy })}
            error={problems.has('proxy') ? t('routes.form.badProxy') : undefined}
          />
          {form.proxy.trim() === '' ? null : (
            <SecretField
              label={t('routes.form.proxyPassword')}
              hint={undefined}
              isKept={kept.includes(proxyPassword)}
              long={false}
              value={form.secrets[proxyPassword]}
              error={undefined}
              onChange={(value) => {
                const { [proxyPassword]: _before, ...rest } = form.secrets;
                onForm({
                  ...form,
                  secrets: value === undefined ? rest : { ...rest, [proxyPassword]: value },
                });
              }}
            />
          )}
        </div>
      </details>
    </div>
  );
}
