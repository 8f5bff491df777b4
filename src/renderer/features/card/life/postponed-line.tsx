import { Moon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSecond } from '../../../lib/ticker.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { StateLine } from '../state-line.tsx';
import styles from '../state-lines.module.css';
import { useNames } from '../use-names.ts';
import type { Life } from './use-life.ts';

export function PostponedLine({
  postponed,
  onWake,
  onFurther,
}: {
  readonly postponed: NonNullable<Life['postponed']>;
  readonly onWake: () => void;
  readonly onFurther: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const now = useSecond();
  const { until, reason, backStatusId } = postponed;
  return (
    <StateLine
      icon={<Moon size={14} />}
      actions={
        <>
          <Button kind="quiet" onClick={onFurther}>
            {t('workflow.lines.further')}
          </Button>
          <Button onClick={onWake}>{t('workflow.lines.wake')}</Button>
        </>
      }
    >
      <b title={format.full(until)}>{t('workflow.lines.postponed', { at: format.when(until, now) })}</b>
      {reason === '' ? null : ` · ${reason}`}
      <span className={styles.faint}>
        {' · '}
        {t('workflow.lines.wakesIn', { left: format.countdown(Math.max(0, until - now)) })}
        {' · '}
        {t('workflow.lines.wakesTo', { name: names.status(backStatusId) })}
      </span>
    </StateLine>
  );
}
