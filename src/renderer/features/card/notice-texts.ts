import type { IncidentKind, Writer } from './event-writer.ts';

type NoticeKind = Extract<IncidentKind, `incident.notif${string}`>;

/** What was told to people about the incident, and what dispatchers did with it. */
export const noticeTexts: { readonly [K in NoticeKind]: Writer<K> } = {
  'incident.notified': ({ names, count }, { t }) => {
    const more = count - names.length;
    const told = names.join(', ');
    return more > 0
      ? t('journal.notified.andMore', { names: told, count: more })
      : t('journal.notified.told', { names: told });
  },
  'incident.notification-changed': ({ what, name }, { t }) => t(`journal.notified.${what}`, { name }),
};
