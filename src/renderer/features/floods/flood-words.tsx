import { useTranslation } from 'react-i18next';
import type { FloodView } from '../../../shared/contract/links.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './floods.module.css';

/** What it is about, how many, since when, and whether it goes on. */
export function FloodWords({ flood }: { readonly flood: FloodView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <>
      {t('links.flood.line', {
        title: t(`links.flood.kind.${flood.kind}`, { title: flood.title }),
        total: t('links.flood.count', { count: flood.total }),
        time: format.when(flood.startedAt, now),
      })}
      <span className={styles.more}>
        {[
          t('links.flood.clockOpen', { count: flood.open }),
          ...(flood.endedAt === null
            ? []
            : [t('links.flood.ended', { time: format.when(flood.endedAt, now) })]),
        ].join(' · ')}
      </span>
    </>
  );
}
