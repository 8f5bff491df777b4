import { useTranslation } from 'react-i18next';
import type { AlarmLoad } from '../../../shared/contract/reports.ts';
import { eemua } from '../../../shared/domain/alarm-limits.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Table } from '../../ui/table.tsx';
import { percent } from './duration.ts';
import { HeatRow } from './hour-strip.tsx';
import styles from './reports.module.css';

/** Whether the desk shouts more than a person can take, against the limits of EEMUA 191. */
export function AlarmPanel({ alarms }: { readonly alarms: AlarmLoad }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rate = alarms.perDispatcherHour;
  const floods = alarms.tens === 0 ? 0 : alarms.floods / alarms.tens;
  return (
    <section className={styles.section} aria-label={t('reports.alarms.title')}>
      <h2>{t('reports.alarms.title')}</h2>
      <dl className={styles.facts}>
        <Fact name={t('reports.alarms.total')} value={format.number(alarms.total)} />
        <Fact
          name={t('reports.alarms.rate')}
          value={rate === null ? '—' : format.number(Math.round(rate * 10) / 10)}
          tone={rate === null ? undefined : toneOf(rate)}
          text={rate === null ? t('reports.alarms.nobody') : t(rateWord(rate), { limit: limitOf(rate) })}
        />
        <Fact
          name={t('reports.alarms.hoursAbove')}
          value={format.number(alarms.aboveAcceptable)}
          tone={alarms.aboveManageable > 0 ? 'over' : alarms.aboveAcceptable > 0 ? 'risk' : 'done'}
          text={t('reports.alarms.hoursAboveText', {
            above: alarms.aboveAcceptable,
            hours: alarms.hours,
            over: alarms.aboveManageable,
          })}
        />
        <Fact
          name={t('reports.alarms.peak')}
          value={format.number(alarms.mostInTen)}
          tone={floods > eemua.floodShare ? 'over' : alarms.floods > 0 ? 'risk' : 'done'}
          text={t('reports.alarms.peakText', {
            limit: eemua.peakInTenMinutes,
            floods: alarms.floods,
            share: percent(floods, format),
          })}
        />
      </dl>
      <div role="img" aria-label={t('reports.alarms.byHour')}>
        <HeatRow
          name={t('reports.alarms.byHour')}
          values={alarms.byHour}
          title={(hour, count) => t('reports.alarms.hourCell', { hour, count: Math.round(count * 10) / 10 })}
        />
      </div>
      {alarms.worst.length > 0 ? (
        <Table
          label={t('reports.alarms.worst')}
          columns={(['at', 'alarms', 'dispatchers'] as const).map((key) => ({
            key,
            label: t(`reports.alarms.${key}`),
            end: key !== 'at',
          }))}
        >
          {alarms.worst.slice(0, 5).map(({ at, alarms: count, dispatchers }) => (
            <tr key={at}>
              <td>
                {format.date(at)} {format.time(at)}
              </td>
              <td data-end="true">{format.number(count)}</td>
              <td data-end="true">{format.number(dispatchers)}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  );
}

function toneOf(rate: number): 'done' | 'risk' | 'over' {
  if (rate > eemua.manageableAnHour) return 'over';
  return rate > eemua.acceptableAnHour ? 'risk' : 'done';
}

function rateWord(rate: number) {
  const tone = toneOf(rate);
  if (tone === 'over') return 'reports.alarms.rateOver';
  return tone === 'risk' ? 'reports.alarms.rateHigh' : 'reports.alarms.rateOk';
}

function limitOf(rate: number): number {
  return toneOf(rate) === 'over' ? eemua.manageableAnHour : eemua.acceptableAnHour;
}

const shapes = { done: '✓', risk: '▲', over: '!' } as const;

export function Fact({
  name,
  value,
  text,
  tone,
}: {
  readonly name: string;
  readonly value: string;
  readonly text?: string | undefined;
  readonly tone?: keyof typeof shapes | undefined;
}) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.big} data-tone={tone}>
          {tone ? <span aria-hidden="true">{shapes[tone]} </span> : null}
          {value}
        </span>
        {text ? <span className={styles.faint}>{text}</span> : null}
      </dd>
    </div>
  );
}
