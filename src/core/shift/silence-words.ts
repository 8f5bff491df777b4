import type { Health } from '../platform/service.ts';

type Facts = {
  readonly kind: 'mail' | 'telegram';
  readonly name: string;
  readonly why: 'silent' | 'down';
  readonly minutes: number;
  readonly usual: number | null;
  readonly health: Health;
};

/** Core speaks Russian where no page is there to translate. */
export function silenceWords({ kind, name, why, minutes, usual, health }: Facts): {
  readonly title: string;
  readonly description: string;
} {
  const what = kind === 'mail' ? `Почта «${name}»` : `Telegram «${name}»`;
  const length = lengthWords(minutes);
  if (why === 'down') {
    return {
      title: `${what}: нет связи ${length}`,
      description: `Канал отключён, новые сообщения не приходят. Состояние: ${health.reason ?? health.state}. Откройте «Смена → Каналы» и восстановите связь; заявки принимайте по телефону.`,
    };
  }
  const rate = rateWords(kind, usual ?? 0);
  return {
    title: `${what} молчит ${length}, обычно ${rate} в час`,
    description:
      'Связь с сервером есть, но в это время недели обычно приходит больше. Проверьте ящик в другой программе, пересылку и фильтры, позвоните тем, кто пишет чаще всего.',
  };
}

function lengthWords(minutes: number): string {
  if (minutes < 120) return `${minutes} ${plural(minutes, ['минуту', 'минуты', 'минут'])}`;
  const hours = Math.floor(minutes / 60);
  return `${hours} ${plural(hours, ['час', 'часа', 'часов'])}`;
}

function rateWords(kind: Facts['kind'], usual: number): string {
  const count = Math.max(1, Math.round(usual));
  const forms: Forms =
    kind === 'mail' ? ['письмо', 'письма', 'писем'] : ['сообщение', 'сообщения', 'сообщений'];
  return `${count} ${plural(count, forms)}`;
}

type Forms = readonly [one: string, few: string, many: string];

const rules = new Intl.PluralRules('ru');

function plural(count: number, [one, few, many]: Forms): string {
  const form = rules.select(count);
  return form === 'one' ? one : form === 'few' ? few : many;
}
