import { useTranslation } from 'react-i18next';
import type { Technician } from '../../../shared/contract/technicians.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFormat } from '../../lib/use-format.ts';

/** Whether somebody is on call, until when, or when they are next. */
export function DutyWords({ technician }: { readonly technician: Technician }) {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const format = useFormat();
  const { onCall, onCallUntil, nextOnCallAt, planned } = technician;
  const now = ticker.second();
  if (onCall) {
    return onCallUntil === null
      ? t('technicians.fields.onCall')
      : t('technicians.fields.onCallUntil', { at: format.when(onCallUntil, now) });
  }
  if (!planned) return t('technicians.fields.unplanned');
  return nextOnCallAt === null
    ? t('technicians.fields.offCall')
    : t('technicians.fields.next', { at: format.when(nextOnCallAt, now) });
}
