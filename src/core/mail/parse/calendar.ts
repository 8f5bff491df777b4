import ICAL from 'ical.js';
import { cleanLine } from './clean-text.ts';

/** What an invitation says in words; undefined when it cannot be read as a calendar. */
export function describeCalendar(text: string): string | undefined {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents('vevent').slice(0, 5);
    const blocks = events.map((event) => describeEvent(event, calendar.getFirstPropertyValue('method')));
    return blocks.length === 0 ? undefined : blocks.join('\n\n');
  } catch {
    // ical.js throws on anything malformed; the file itself stays attached.
    return undefined;
  }
}

/** Letters are read by Russian dispatchers whatever language the page is in, and their text is stored once. */
const words = {
  REQUEST: 'Приглашение',
  CANCEL: 'Отмена встречи',
  REPLY: 'Ответ на приглашение',
  what: 'Что',
  when: 'Когда',
  where: 'Где',
  organizer: 'Организатор',
  attendees: 'Участники',
  repeats: 'Повторяется',
  details: 'Описание',
} as const;

function describeEvent(event: ICAL.Component, method: unknown): string {
  const title = method === 'CANCEL' || method === 'REPLY' ? words[method] : words.REQUEST;
  const attendees = event.getAllProperties('attendee').slice(0, 50).map(personOf);
  const organizer = event.getFirstProperty('organizer');
  const lines: [string, string][] = [
    [words.what, textOf(event, 'summary')],
    [words.when, [timeOf(event, 'dtstart'), timeOf(event, 'dtend')].filter(Boolean).join(' — ')],
    [words.where, textOf(event, 'location')],
    [words.organizer, organizer === null ? '' : personOf(organizer)],
    [words.attendees, attendees.filter(Boolean).join(', ')],
    [words.repeats, event.hasProperty('rrule') ? textOf(event, 'rrule') : ''],
    [words.details, textOf(event, 'description')],
  ];
  return [
    title,
    ...lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`),
  ].join('\n');
}

function textOf(event: ICAL.Component, name: string): string {
  const value = event.getFirstPropertyValue(name);
  return value === null || value === undefined ? '' : cleanLine(String(value)).slice(0, 2000);
}

/** As written in the invitation, with its own zone: the reader's zone is not known here. */
function timeOf(event: ICAL.Component, name: string): string {
  const property = event.getFirstProperty(name);
  const value = property?.getFirstValue();
  if (!(value instanceof ICAL.Time)) return '';
  const pad = (number: number) => String(number).padStart(2, '0');
  const date = `${pad(value.day)}.${pad(value.month)}.${value.year}`;
  if (value.isDate) return date;
  const zone = property?.getParameter('tzid');
  const zoneName = typeof zone === 'string' ? zone : value.zone === ICAL.Timezone.utcTimezone ? 'UTC' : '';
  return `${date} ${pad(value.hour)}:${pad(value.minute)}${zoneName === '' ? '' : ` (${zoneName})`}`;
}

function personOf(property: ICAL.Property): string {
  const name = property.getParameter('cn');
  const address = String(property.getFirstValue() ?? '').replace(/^mailto:/i, '');
  const cleanName = cleanLine(typeof name === 'string' ? name : '');
  return cleanName === '' || cleanName === address ? address : `${cleanName} <${address}>`;
}
