import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useHealthText } from '../../../lib/health-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { AlertsForm } from './alerts-form.tsx';

const kinds = ['setting'] as const;
const loadSettings = (rpc: Rpc, signal: AbortSignal) => rpc.keeping.settings({}, { signal });
const loadAlerts = (rpc: Rpc, signal: AbortSignal) => rpc.keeping.alerts({}, { signal });

/** Who is told outside of the desk what it cannot mend itself, and what has been told. */
export function AlertsTab() {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const format = useFormat();
  const reasonText = useHealthText();
  const settings = useServerData(loadSettings, kinds);
  const { data } = useServerData(loadAlerts, kinds);
  const failure = data?.failure ?? null;

  return (
    <section className={styles.wide} aria-label={t('keeping.alerts.title')}>
      <p className={styles.faint}>{t('keeping.alerts.help')}</p>
      {settings.data ? (
        <AlertsForm key={JSON.stringify(settings.data.settings)} settings={settings.data.settings} />
      ) : null}
      {failure === null ? null : (
        <Notice tone="bad">{t('keeping.alerts.failure', { why: reasonText({ reason: failure }) })}</Notice>
      )}
      <h2 className={styles.heading}>{t('keeping.alerts.recent')}</h2>
      {data?.alerts.length === 0 ? <EmptyState title={t('keeping.alerts.none')} /> : null}
      {data && data.alerts.length > 0 ? (
        <Table
          label={t('keeping.alerts.recent')}
          columns={[
            { key: 'kind', label: t('keeping.alerts.column.kind') },
            { key: 'began', label: t('keeping.alerts.column.began'), width: 150 },
            { key: 'state', label: t('keeping.alerts.column.state'), width: 200 },
            { key: 'told', label: t('keeping.alerts.column.told'), width: 150 },
          ]}
        >
          {data.alerts.map((alert) => (
            <tr key={alert.id}>
              <td>
                {t(`keeping.alerts.kind.${alert.kind}`)}
                {alert.subject === '' ? '' : `: ${alert.subject}`}
              </td>
              <td title={format.full(alert.beganAt)}>{format.when(alert.beganAt, ticker.second())}</td>
              <td data-dim="true">
                {alert.endedAt === null
                  ? t('keeping.alerts.open')
                  : t('keeping.alerts.over', { time: format.when(alert.endedAt, ticker.second()) })}
              </td>
              <td data-dim="true">
                {alert.toldAt === null ? '—' : format.when(alert.toldAt, ticker.second())}
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  );
}
