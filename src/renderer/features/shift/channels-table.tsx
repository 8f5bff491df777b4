import { useTranslation } from 'react-i18next';
import type { ChannelView } from '../../../shared/contract/shift.ts';
import { useHealthText } from '../../lib/health-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './shift.module.css';

const widths = {
  name: { width: 140 },
  state: {},
  last: { width: 90 },
  usual: { width: 190 },
  silence: { width: 270 },
} as const;

/** How each channel is, when something last came, and whether that is usual. */
export function ChannelsTable({
  channels,
  onOpenIncident,
}: {
  readonly channels: readonly ChannelView[];
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className={styles.block} aria-label={t('shift.channels.title')}>
      <h2 className={styles.heading}>{t('shift.channels.title')}</h2>
      {channels.length === 0 ? <p className={styles.faint}>{t('shift.channels.none')}</p> : null}
      {channels.length > 0 ? (
        <Table
          label={t('shift.channels.title')}
          columns={(['name', 'state', 'last', 'usual', 'silence'] as const).map((key) => ({
            key,
            label: t(`shift.channels.column.${key}`),
            ...widths[key],
          }))}
        >
          {channels.map((channel) => (
            <ChannelLine key={channel.source} channel={channel} onOpenIncident={onOpenIncident} />
          ))}
        </Table>
      ) : null}
    </section>
  );
}

function ChannelLine({
  channel,
  onOpenIncident,
}: {
  readonly channel: ChannelView;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const healthText = useHealthText();
  const { name, health, lastAt, usualPerHour, incidentId } = channel;
  return (
    <tr>
      <td>{name}</td>
      <td data-dim="true">
        {t(`frame.health.${health.state}`)}
        {health.reason === undefined ? null : (
          <span className={styles.risk}> · {healthText({ ...health, reason: health.reason })}</span>
        )}
      </td>
      <td title={lastAt === null ? undefined : format.full(lastAt)}>
        {lastAt === null ? t('shift.channels.never') : format.when(lastAt, now)}
      </td>
      <td>
        {usualPerHour === null
          ? t('shift.channels.learning')
          : t('shift.channels.usual', { rate: format.number(Math.round(usualPerHour * 10) / 10) })}
      </td>
      <td>
        <SilenceWords channel={channel} />
        {incidentId === null ? null : (
          <Button
            kind="quiet"
            onClick={() => onOpenIncident(incidentId)}
            label={t('shift.channels.openIncident', { name })}
          >
            {t('shift.list.open')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function SilenceWords({ channel }: { readonly channel: ChannelView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { why, enabled, heardSince, lastAt, expected } = channel;
  if (why !== null) {
    return (
      <span className={styles.risk}>
        {t(why === 'down' ? 'shift.channels.downNow' : 'shift.channels.silentNow')}{' '}
      </span>
    );
  }
  if (!enabled) return t('shift.channels.off');
  if (heardSince === null) return t('shift.channels.unknown');
  // Two that should have come and did not are worth a word, long before they are worth an alarm.
  if (expected === null || expected < 2) return t('shift.channels.ok');
  return (
    <span className={styles.risk}>
      {t('shift.channels.silentFor', { age: format.age(now - Math.max(heardSince, lastAt ?? 0)) })}
    </span>
  );
}
