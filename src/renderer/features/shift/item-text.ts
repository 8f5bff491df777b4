import type { TFunction } from 'i18next';
import type { HandoverItem } from '../../../shared/contract/shift.ts';
import type { Format } from '../../lib/format.ts';
import type { useHealthText } from '../../lib/health-text.ts';

type Words = {
  readonly t: TFunction;
  readonly format: Format;
  /** Of a thing of today the hour is enough. */
  readonly now: number;
  readonly healthText: ReturnType<typeof useHealthText>;
  readonly language: 'ru' | 'en';
};

const letterStates = ['queued', 'sending', 'failed', 'unknown'] as const;

/** What is said of a thing beside its code and title. */
export function itemText(
  { kind, at, facts }: HandoverItem,
  { t, format, now, healthText, language }: Words,
): string {
  const when = (value: unknown): string => (typeof value === 'number' ? format.when(value, now) : '');
  switch (kind) {
    case 'incident':
      return [
        at === null ? t('shift.item.noDue') : t('shift.item.due', { time: when(at) }),
        t('shift.item.status', { status: facts[language === 'ru' ? 'status' : 'statusEn'] ?? '' }),
        ...(facts['lastAt'] === undefined ? [] : [t('shift.item.last', { time: when(facts['lastAt']) })]),
      ].join(', ');
    case 'promise':
      return t('shift.item.promise', { said: when(facts['saidAt']), time: when(at) });
    case 'reminder':
      return [t('shift.item.at', { time: when(at) }), String(facts['text'] ?? '')].filter(Boolean).join(': ');
    case 'auto-close':
    case 'wake-up':
      return t('shift.item.at', { time: when(at) });
    case 'unread':
      return t('shift.item.unread');
    case 'letter': {
      const state = letterStates.find((known) => known === facts['state']) ?? 'unknown';
      return t(`shift.item.letter.${state}`);
    }
    case 'channel':
      return [
        facts['why'] === undefined
          ? ''
          : t(facts['why'] === 'down' ? 'shift.channels.downNow' : 'shift.channels.silentNow'),
        facts['reason'] === undefined ? '' : healthText({ reason: String(facts['reason']), facts }),
      ]
        .filter(Boolean)
        .join(', ');
    case 'quarantine':
      return t('shift.item.quarantine', { count: Number(facts['count'] ?? 0) });
    case 'flood':
      return t('shift.item.since', { time: when(facts['startedAt']) });
  }
}
