import { BellRing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSecond } from '../../../lib/ticker.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useReminders } from '../../../lib/use-reminders.ts';
import { Button } from '../../../ui/button.tsx';
import { StateLine } from '../state-line.tsx';

/** One's own reminders of this incident. */
export function ReminderLines({ incidentId }: { readonly incidentId: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { reminders, finish } = useReminders();
  return reminders
    .filter((reminder) => reminder.incidentId === incidentId)
    .map((reminder) => (
      <StateLine
        key={reminder.id}
        icon={<BellRing size={14} />}
        tone={reminder.at <= now ? 'risk' : undefined}
        actions={
          <Button
            kind="quiet"
            label={t('workflow.remind.done', { text: reminder.text || t('workflow.remind.noText') })}
            onClick={() => finish(reminder)}
          >
            {t('workflow.lines.doneReminder')}
          </Button>
        }
      >
        <b title={format.full(reminder.at)}>
          {t(reminder.at <= now ? 'workflow.lines.reminderPast' : 'workflow.lines.reminder', {
            at: format.when(reminder.at, now),
          })}
        </b>
        {reminder.text === '' ? null : ` · ${reminder.text}`}
      </StateLine>
    ));
}
