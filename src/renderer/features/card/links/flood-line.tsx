import { Waves } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FloodView } from '../../../../shared/contract/links.ts';
import { formatRoute } from '../../../lib/router.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useSecond } from '../../../lib/ticker.ts';
import { Button } from '../../../ui/button.tsx';
import { StateLine } from '../state-line.tsx';
import styles from './links.module.css';

/** The crowd it came with: how many, since when, and the way to answer all of them. */
export function FloodLine({ flood, onLeave }: { readonly flood: FloodView; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <StateLine
      icon={<Waves size={14} />}
      tone={flood.endedAt === null ? 'risk' : undefined}
      actions={
        <Button kind="quiet" onClick={onLeave}>
          {t('links.flood.leave')}
        </Button>
      }
    >
      <a className={styles.code} href={formatRoute({ page: 'floods', floodId: flood.id })}>
        {t('links.flood.line', {
          title: t(`links.flood.kind.${flood.kind}`, { title: flood.title }),
          total: t('links.flood.count', { count: flood.total }),
          time: format.when(flood.startedAt, now),
        })}
      </a>
      {flood.endedAt === null
        ? null
        : ` · ${t('links.flood.ended', { time: format.when(flood.endedAt, now) })}`}
    </StateLine>
  );
}
