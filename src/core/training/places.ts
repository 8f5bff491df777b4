import type { Random } from '../platform/random.ts';
import { between, createDeck, createSeededRandom, pick } from './seeded-random.ts';

export type Place = {
  /** The pole's code, such as `41208-P-52-1-1`. */
  readonly pole: string;
  readonly region: Region;
  readonly address: string;
  /** As monitoring prints them: `56.882140 44.120731`. */
  readonly coordinates: string;
  /** On the pole, each by the habit of its operator. */
  readonly stations: Readonly<Record<StationStyle, string>>;
};

export type Region = {
  readonly code: string;
  readonly letters: string;
  readonly name: string;
  readonly macroregion: string;
  /** IANA. */
  readonly zone: string;
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
    macroregion: 'Москва',
    zone: 'Europe/Moscow',
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
    macroregion: 'Москва',
    zone: 'Europe/Moscow',
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
    macroregion: 'Поволжье',
    zone: 'Europe/Moscow',
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
    macroregion: 'Юг',
    zone: 'Europe/Moscow',
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
    macroregion: 'Юг',
    zone: 'Europe/Moscow',
    latitude: 47.4,
    longitude: 40.1,
    localities: ['х. Верхний Яр, д. #', 'сл. Степная, ул. Гагарина, #', 'с. Тихий Дол, ул. Новая, #'],
  },
  {
    code: '66',
    letters: 'SV',
    name: 'Свердловская обл.',
    macroregion: 'Урал',
    zone: 'Asia/Yekaterinburg',
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
    macroregion: 'Сибирь',
    zone: 'Asia/Novosibirsk',
    latitude: 55,
    longitude: 82.9,
    localities: ['с. Ярковка, ул. Центральная, #', 'п. Берёзовый Лог, д. #', 'р. п. Озёрный, # квартал'],
  },
  {
    code: '25',
    letters: 'PR',
    name: 'Приморский край',
    macroregion: 'Дальний Восток',
    zone: 'Asia/Vladivostok',
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
    macroregion: 'Северо-Запад',
    zone: 'Europe/Moscow',
    latitude: 59.9,
    longitude: 31,
    localities: ['дер. Ольшаники, д. #', 'п. Торфяное, ул. Болотная, #', 'дер. Большой Бор, # км дороги'],
  },
  {
    code: '16',
    letters: 'KZ',
    name: 'Республика Татарстан',
    macroregion: 'Поволжье',
    zone: 'Europe/Moscow',
    latitude: 55.6,
    longitude: 50,
    localities: [
      'с. Зелёный Берег, ул. Ленина, #',
      'дер. Новая Слобода, д. #',
      'п. Нефтяник, ул. Буровиков, #',
    ],
  },
];

const polesOfRegion = 60;
const polesOfMoscow = 180;

/** Every pole there is in a lesson: the same ones each time, so that the registry knows what letters speak of. */
export const lessonPlaces: readonly Place[] = makePlaces(createSeededRandom(1));

/** A place that was not dealt lately; Moscow comes as often as in life, every third time. */
export function createPlaces(random: Random): (code?: string) => Place {
  const nextRegion = createDeck(random, regions);
  const decks = new Map(
    regions.map(({ code }) => {
      const [first, ...others] = lessonPlaces.filter(({ region }) => region.code === code);
      if (!first) throw new Error(`No places in region ${code}`);
      return [code, createDeck(random, [first, ...others])] as const;
    }),
  );
  return (code) => {
    const wanted = code ?? (random.number() < 0.3 ? '77' : undefined);
    const deal = decks.get(wanted ?? '') ?? decks.get(nextRegion().code);
    if (!deal) throw new Error(`No places in region ${code}`);
    return deal();
  };
}

function makePlaces(random: Random): Place[] {
  const used = new Set<string>();
  return regions.flatMap((region) => {
    const places: Place[] = [];
    while (places.length < (region.code === '77' ? polesOfMoscow : polesOfRegion)) {
      const place = makePlace(random, region);
      const codes = [place.pole, ...Object.values(place.stations)];
      if (codes.some((code) => used.has(code))) continue;
      for (const code of codes) used.add(code);
      places.push(place);
    }
    return places;
  });
}

/** Operators number their stations each in their own way. */
function makeStations(random: Random, { code, letters }: Region): Place['stations'] {
  return {
    letters: `${letters}${String(between(random, 100, 9_899)).padStart(4, '0')}`,
    'region-number': `${code}-${String(between(random, 137, 81_999)).padStart(5, '0')}`,
    number: String(between(random, 11_000, 29_999)),
    prefixed: `PL_${code}_${between(random, 10_000, 89_999)}`,
  };
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
    stations: makeStations(random, found),
  };
}
