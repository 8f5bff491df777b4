import type { BotButton, BotMessage } from '../services/bot-state.ts';
import type { Random } from '../../platform/random.ts';
import { between, createDeck } from '../seeded-random.ts';
import type { CrewTemper } from './crew-cast.ts';

/** What somebody does with a message of the bot, so long after what they did before it, in seconds of the lesson. */
export type CrewTurn = { readonly afterSeconds: number } & (
  | { readonly kind: 'press'; readonly button: BotButton }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'place'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'photo'; readonly caption: string }
);

export type CrewTurns = {
  /** To a call, or to anything else that asks. */
  toAsked(temper: CrewTemper, message: Pick<BotMessage, 'text' | 'buttons'>): readonly CrewTurn[];
  /** To a line of the dispatcher while they are at it. */
  toLine(): readonly CrewTurn[];
};

/** Words that are no answer to the call: what they mean is for the dispatcher to read. */
export function createCrewTurns(random: Random): CrewTurns {
  const setOut = createDeck(random, [
    'Собираюсь. Ключи от площадки у меня.',
    'Минут сорок до вас, заберу ДГУ со склада.',
    'Бензин есть, через полчаса буду у опоры.',
  ]);
  const seen = createDeck(random, [
    'Вводной автомат выбит, контакты целые. Меняю.',
    'АКБ просела до 46 В, завёл ДГУ.',
    'Щит сухой, фазы нет на вводе. Звоню в РЭС.',
  ]);
  const line = createDeck(random, [
    'Понял.',
    'Хорошо, напишу с площадки.',
    'Да, ключи с собой. Наберу, если охрана не пустит.',
    'Вижу. Минут двадцать ещё.',
  ]);

  const press = (
    buttons: BotMessage['buttons'],
    caption: string,
    [low, high]: readonly [number, number],
  ): readonly CrewTurn[] => {
    const button = buttons.flat().find(({ text }) => text === caption);
    return button ? [{ kind: 'press', button, afterSeconds: between(random, low, high) }] : [];
  };

  const diligent = ({ text, buttons }: Pick<BotMessage, 'text' | 'buttons'>): readonly CrewTurn[] => {
    const accepted = press(buttons, 'Принял', [8, 18]);
    const onTheWay = press(buttons, 'В пути', [12, 25]);
    // What only asks to be read is read.
    if (onTheWay.length === 0) return accepted;
    return [
      ...accepted,
      { kind: 'say', text: setOut(), afterSeconds: between(random, 8, 14) },
      ...onTheWay,
      ...near(random, text),
      ...press(buttons, 'На месте', [30, 50]),
      { kind: 'photo', caption: seen(), afterSeconds: between(random, 15, 25) },
      ...press(buttons, 'Выполнено', [60, 90]),
    ];
  };

  return {
    toAsked(temper, message) {
      switch (temper) {
        case 'diligent':
          return diligent(message);
        case 'busy':
          return [
            {
              kind: 'say',
              text: 'Я на другой опоре, ещё часа на три.',
              afterSeconds: between(random, 10, 18),
            },
            ...press(message.buttons, 'Не могу', [4, 8]),
          ];
        case 'silent':
        case 'by-phone':
          return [];
      }
    },
    toLine: () => [{ kind: 'say', text: line(), afterSeconds: between(random, 6, 12) }],
  };
}

/** On the road, some kilometres short of the place that the call names. */
function near(random: Random, text: string): readonly CrewTurn[] {
  const [, latitude, longitude] = /^(-?\d{1,2}\.\d{5}), (-?\d{1,3}\.\d{5})$/m.exec(text) ?? [];
  if (latitude === undefined || longitude === undefined) return [];
  const off = () => between(random, -600, 600) / 10_000;
  return [
    {
      kind: 'place',
      latitude: Number(latitude) + off(),
      longitude: Number(longitude) + off(),
      afterSeconds: between(random, 10, 20),
    },
  ];
}
