import type { Random } from '../platform/random.ts';
import { between, createDeck, pick } from './seeded-random.ts';

export type Place = {
  /** The pole's code, such as `41208-P-52-1-1`. */
  readonly pole: string;
  readonly region: Region;
  readonly address: string;
  /** As monitoring prints them: `56.882140 44.120731`. */
  readonly coordinates: string;
};

export type Region = {
  readonly code: string;
  readonly letters: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** `#` stands for a number. */
  readonly localities: readonly [string, ...string[]];
};

export type StationStyle = 'letters' | 'region-number' | 'number' | 'prefixed';

const regions: readonly [Region, ...Region[]] = [
  {
    code: '77',
    letters: 'MS',
    name: 'г. Москва',
    latitude: 55.75,
    longitude: 37.62,
    localities: [
      'Тестовый пр-кт, д. #',
      'ул. Заводская, вл. #',
      '3-й Ясный проезд, д. #, стр. 5',
      'Кольцевая наб., д. #',
      'Сосновый б-р, д. #, корп. 2',
    ],
  },
  {
    code: '50',
    letters: 'MO',
    name: 'Московская обл.',
    latitude: 55.6,
    longitude: 38.2,
    localities: [
      'Лесной г. о., дер. Малые Горки, уч. #',
      'п. Новый Быт, ул. Мира, #',
      'СНТ «Радуга», уч. #',
      'с. Троичное, ул. Школьная, #',
    ],
  },
  {
    code: '52',
    letters: 'NN',
    name: 'Нижегородская обл.',
    latitude: 56.3,
    longitude: 44,
    localities: [
      'Лысогорский р-н, дер. Сосновка, д. #',
      'с. Каменки, ул. Речная, #',
      'п. Дружный, ул. Полевая, #',
      'трасса Р-158, # км',
    ],
  },
  {
    code: '23',
    letters: 'KR',
    name: 'Краснодарский край',
    latitude: 45.1,
    longitude: 39,
    localities: [
      'ст-ца Белоозёрная, ул. Красная, #',
      'х. Вольный, # км к югу',
      'п. Приморский Вал, ул. Морская, #',
      'МТФ-# колхоза «Заря»',
    ],
  },
  {
    code: '61',
    letters: 'RO',
    name: 'Ростовская обл.',
    latitude: 47.4,
    longitude: 40.1,
    localities: ['х. Верхний Яр, д. #', 'сл. Степная, ул. Гагарина, #', 'с. Тихий Дол, ул. Новая, #'],
  },
  {
    code: '66',
    letters: 'SV',
    name: 'Свердловская обл.',
    latitude: 56.9,
    longitude: 60.6,
    localities: [
      'п. Рудник, промзона, стр. #',
      'с. Кедровое, ул. Лесная, #',
      'г. Медногорье, ул. Шахтёров, #',
    ],
  },
  {
    code: '54',
    letters: 'NS',
    name: 'Новосибирская обл.',
    latitude: 55,
    longitude: 82.9,
    localities: ['с. Ярковка, ул. Центральная, #', 'п. Берёзовый Лог, д. #', 'р. п. Озёрный, # квартал'],
  },
  {
    code: '25',
    letters: 'PR',
    name: 'Приморский край',
    latitude: 43.4,
    longitude: 132.1,
    localities: [
      'с. Бухтовое, ул. Портовая, #',
      'п. Дальняя Сопка, отметка #',
      'п. Рыбацкий, ул. Причальная, #',
    ],
  },
  {
    code: '47',
    letters: 'LO',
    name: 'Ленинградская обл.',
    latitude: 59.9,
    longitude: 31,
    localities: ['дер. Ольшаники, д. #', 'п. Торфяное, ул. Болотная, #', 'дер. Большой Бор, # км дороги'],
  },
  {
    code: '16',
    letters: 'KZ',
    name: 'Республика Татарстан',
    latitude: 55.6,
    longitude: 50,
    localities: [
      'с. Зелёный Берег, ул. Ленина, #',
      'дер. Новая Слобода, д. #',
      'п. Нефтяник, ул. Буровиков, #',
    ],
  },
];

/** Each call is another place; Moscow comes as often as in life, every third time. */
export function createPlaces(random: Random): (code?: string) => Place {
  const nextRegion = createDeck(random, regions);
  const used = new Set<string>();
  return (code) => {
    const wanted = code ?? (random.number() < 0.3 ? '77' : undefined);
    const found = regions.find((candidate) => candidate.code === wanted) ?? nextRegion();
    for (;;) {
      const place = makePlace(random, found);
      if (used.has(place.pole)) continue;
      used.add(place.pole);
      return place;
    }
  };
}

/** Operators number their stations each in their own way. */
export function makeStation(
  random: Random,
  { region: { code, letters } }: Place,
  style: StationStyle,
): string {
  const four = String(between(random, 100, 9_899)).padStart(4, '0');
  switch (style) {
    case 'letters':
      return `${letters}${four}`;
    case 'region-number':
      return `${code}-${String(between(random, 137, 81_999)).padStart(5, '0')}`;
    case 'number':
      return String(between(random, 11_000, 29_999));
    case 'prefixed':
      return `PL_${code}_${between(random, 10_000, 89_999)}`;
  }
}

function makePlace(random: Random, found: Region): Place {
  const number = between(random, 10_100, 69_900);
  const kind = pick(random, ['P', 'P', 'P', '11', '30', '5']);
  const tail = pick(random, [
    `-${between(random, 1, 9)}-${between(random, 1, 4)}`,
    `-${between(random, 1, 80)}`,
    '',
  ]);
  const spread = found.code === '77' ? 0.2 : 1.6;
  const drift = () => (random.number() - 0.5) * spread;
  return {
    pole: `${number}-${kind}-${found.code}${tail}`,
    region: found,
    address: `${found.name}, ${pick(random, found.localities).replace('#', String(between(random, 2, 90)))}`,
    coordinates: `${(found.latitude + drift()).toFixed(6)} ${(found.longitude + drift()).toFixed(6)}`,
  };
}
