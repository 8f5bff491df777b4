import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../../shared/contract/workflow.ts';
import { formatRoute } from '../../lib/router.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReminders } from '../../lib/use-reminders.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import styles from './reminders.module.css';

/** One's own reminders, wherever one is; takes no place while there are none. */
export function Reminders({ className }: { readonly className: string | undefined }) {
  const { t } = useTranslation();
  const now = useSecond();
  const { reminders, finish } = useReminders();
  const [open, setOpen] = useState(false);
  if (reminders.length === 0) return null;
  const isDue = reminders.some(({ at }) => at <= now);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('workflow.remind.list')}
      width={380}
      target={
        <button
          type="button"
          className={className}
          data-alert={isDue || undefined}
          title={t('workflow.remind.list')}
          onClick={() => setOpen(!open)}
        >
          <Bell size={14} aria-hidden="true" />
          <span className="visually-hidden">{t('workflow.remind.count', { count: reminders.length })}</span>
          <span aria-hidden="true">{reminders.length}</span>
        </button>
      }
    >
      <ul className={styles.list} aria-label={t('workflow.remind.list')}>
        {reminders.map((reminder) => (
          <Line
            key={reminder.id}
            reminder={reminder}
            now={now}
            onOpen={() => setOpen(false)}
            onDone={() => finish(reminder)}
          />
        ))}
      </ul>
    </Popover>
  );
}

function Line({
  reminder,
  now,
  onOpen,
  onDone,
}: {
  readonly reminder: Reminder;
  readonly now: number;
  readonly onOpen: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { incidentId, code, title, at } = reminder;
  const text = reminder.text || t('workflow.remind.noText');
  const when = format.when(at, now);
  return (
    <li className={styles.line} data-due={at <= now || undefined}>
      <div className={styles.words}>
        <span className={styles.text}>{text}</span>
        <span className={styles.about}>
          <time title={format.full(at)}>{at <= now ? t('workflow.remind.past', { at: when }) : when}</time>
          {' · '}
          <a href={formatRoute({ page: 'queue', incidentId })} onClick={onOpen}>
            {code}
          </a>{' '}
          {title}
        </span>
      </div>
      <Button label={t('workflow.remind.done', { text })} onClick={onDone}>
        {t('workflow.lines.doneReminder')}
      </Button>
    </li>
  );
}
