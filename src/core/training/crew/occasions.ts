import type { Urgency } from '../../../shared/domain/reaching.ts';
import type { CrewKey } from './crew-cast.ts';

export type CallOccasion = {
  readonly kind: 'call';
  /** Since the colleague has sat down, in seconds of the lesson. */
  readonly atSeconds: number;
  readonly to: CrewKey;
  readonly urgency: Urgency;
  /** Key of a skill; whoever is next must have it. */
  readonly skill: string;
  readonly description: string;
  /** false leaves it to the dispatcher what to do when nobody answers. */
  readonly passesOn: boolean;
};

export type Occasion =
  | CallOccasion
  | { readonly kind: 'hand-over'; readonly atSeconds: number }
  | { readonly kind: 'storm'; readonly atSeconds: number };

const call = { kind: 'call', urgency: 'urgent', skill: 'power', passesOn: true } as const;

/** What the colleague sets going: within minutes a call is done, one is refused, one meets silence and climbs. */
export const occasions: readonly Occasion[] = [
  {
    ...call,
    atSeconds: 8,
    to: 'diligentVolga',
    description: 'Нет питания на вводе. Проверить вводной щит, при необходимости запустить ДГУ.',
  },
  {
    ...call,
    atSeconds: 20,
    to: 'silentCapital',
    urgency: 'critical',
    skill: 'generator',
    description: 'Станция на батареях, осталось около часа. Привезти и запустить ДГУ.',
  },
  {
    ...call,
    atSeconds: 35,
    to: 'busySouth',
    description: 'Контроллер показывает ноль по фазе B. Осмотреть ввод и учёт.',
  },
  { kind: 'hand-over', atSeconds: 50 },
  { kind: 'storm', atSeconds: 75 },
  {
    ...call,
    atSeconds: 110,
    to: 'diligentUral',
    urgency: 'normal',
    skill: 'fibre',
    description: 'Пропал резервный луч. Измерить трассу рефлектометром от опоры.',
  },
  { kind: 'hand-over', atSeconds: 160 },
  {
    ...call,
    atSeconds: 240,
    to: 'silentCapital',
    skill: 'climate',
    passesOn: false,
    description: 'В контейнере 41 °C, кондиционер не запускается.',
  },
  {
    ...call,
    atSeconds: 420,
    to: 'byPhoneSouth',
    urgency: 'normal',
    skill: 'construction',
    description: 'Сорван замок ограждения, повесить новый и сделать фото.',
  },
  { kind: 'hand-over', atSeconds: 540 },
  {
    ...call,
    atSeconds: 660,
    to: 'diligentCapital',
    description: 'Автомат выбивает под нагрузкой, второй раз за сутки.',
  },
  {
    ...call,
    atSeconds: 900,
    to: 'busySouth',
    skill: 'height',
    urgency: 'normal',
    description: 'Погас заградительный огонь на верхней площадке.',
  },
];
