import type { CallFacts } from '../../../../shared/domain/reaching-facts.ts';
import type { Context, IncidentKind, Writer } from '../event-writer.ts';

type CallKind = Extract<IncidentKind, `incident.call-${string}` | `incident.contractor-${string}`>;

/** Lines of the history about calls to technicians and what contractors say to hand-overs. */
export const callTexts: { readonly [K in CallKind]: Writer<K> } = {
  'incident.call-told': told,
  'incident.call-marked': told,
  'incident.contractor-asked': ({ name }, { t }) => t('contractors.event.asked', { name }),
  'incident.contractor-answered': ({ name, said, by }, { t }) =>
    `${t(`contractors.event.${said}`, { name })}${byWhat(by, t)}`,
  'incident.contractor-silent': ({ name, minutes }, { t, format }) =>
    t('contractors.event.silent', { name, length: format.age(minutes * 60_000) }),
};

function told({ number, event, name, by, reason }: CallFacts, { t }: Context): string {
  const line = t(`contractors.call.${event}`, { number, name });
  if (event === 'overdue')
    return isNorm(reason) ? t(`contractors.call.overdueOf.${reason}`, { number }) : line;
  return `${line}${byWhat(by, t)}${reason === '' ? '' : `: ${reason}`}`;
}

const ways = ['telegram', 'email', 'sms', 'push', 'whatsapp', 'max'] as const;

function byWhat(by: string, t: Context['t']): string {
  const way = ways.find((one) => one === by);
  return way ? ` (${t(`contractors.way.${way}`)})` : '';
}

function isNorm(reason: string): reason is 'accept' | 'arrive' | 'complete' {
  return reason === 'accept' || reason === 'arrive' || reason === 'complete';
}
