import type { AlertKind } from '../../shared/domain/alert-kinds.ts';
import type { AlertRecord } from '../db/alert-store.ts';

/** Core speaks Russian where no page is there to translate. Nothing of an incident or a letter stands here. */
const words: Readonly<Record<AlertKind, string>> = {
  'backup-failed': 'Резервная копия не сделана',
  'disk-low': 'Мало места на диске',
  'channel-dead': 'Канал не работает',
  'quarantine-grows': 'Письма в карантине',
  'journal-broken': 'Журнал не прошёл проверку',
  'clock-wrong': 'Часы компьютера идут неверно',
  'unclean-start': 'Пульт запущен после внезапной остановки',
  'secrets-locked': 'Пароли закрыты: нужен ключ восстановления',
};

export type AlertLetter = { readonly subject: string; readonly text: string };

type Words = { readonly desk: string; readonly time: (at: number) => string };

/** One letter for everything that has begun and ended since the last one. */
export function alertLetter(
  alerts: readonly AlertRecord[],
  stillOpen: number,
  { desk, time }: Words,
): AlertLetter {
  const begun = alerts.filter(({ toldAt }) => toldAt === null);
  const over = alerts.filter(({ toldAt, endedAt }) => toldAt !== null && endedAt !== null);
  const [first] = begun;
  const subject = first
    ? `Пульт ${desk}: ${words[first.kind]}${begun.length > 1 ? ` и ещё ${begun.length - 1}` : ''}`
    : stillOpen === 0
      ? `Пульт ${desk}: всё снова хорошо`
      : `Пульт ${desk}: исправлено ${over.length}, осталось ${stillOpen}`;
  const lines = [
    ...begun.map((alert) => `• ${time(alert.beganAt)} — ${line(alert)}`),
    ...(over.length > 0 && begun.length > 0 ? [''] : []),
    ...over.map((alert) => `• ${time(alert.endedAt ?? 0)} — снова хорошо: ${line(alert)}`),
    '',
    'Письмо отправила программа. Кому и о чём она пишет: «Настройки» → «Оповещения».',
  ];
  return { subject, text: lines.join('\n') };
}

export function testLetter({ desk, time }: Words, now: number): AlertLetter {
  return {
    subject: `Пульт ${desk}: проверка оповещений`,
    text: `Так Пульт сообщит, если что-то случится. Отправлено ${time(now)}, всё в порядке.`,
  };
}

function line({ kind, subject, facts }: AlertRecord): string {
  const more = Object.entries(facts).map(([, value]) => String(value));
  const about = [subject, ...more].filter((part) => part !== '').join(', ');
  return about === '' ? words[kind] : `${words[kind]}: ${about}`;
}
