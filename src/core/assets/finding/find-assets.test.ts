import { expect, test } from 'vitest';
import { foldCode, numberKeys } from '../../../shared/domain/asset-code.ts';
import type { AssetIndex, KnownAsset } from './finding.ts';
import { findAssets } from './find-assets.ts';

type Known = KnownAsset & { readonly aliases?: readonly string[] };

const pole = (id: number, code: string, aliases: readonly string[] = []): Known => ({
  id,
  kind: 'pole',
  code,
  poleId: null,
  operatorGroupIds: [],
  aliases,
});
const station = (id: number, code: string, poleId: number, group: number): Known => ({
  id,
  kind: 'station',
  code,
  poleId,
  operatorGroupIds: [group],
});

const assets: readonly Known[] = [
  pole(1, '20417-P-64-1'),
  pole(2, '20417-P-64-1-2'),
  pole(3, '33806-11-64-7-3', ['Дальний пост']),
  pole(4, '71550-4-MS3381'),
  station(11, 'KA000318', 1, 1),
  station(12, '64-02951', 2, 2),
  station(13, '16820', 1, 3),
  station(14, '16820', 3, 4),
  station(15, '27733', 3, 3),
  station(16, '2023', 4, 4),
  station(17, '27734', 3, 3),
];

const index: AssetIndex = {
  byKey: (key) =>
    assets.flatMap(({ aliases = [], ...asset }): ReturnType<AssetIndex['byKey']> => {
      if (foldCode(asset.code) === key) return [{ ...asset, origin: 'code' }];
      if (aliases.some((alias) => foldCode(alias) === key)) return [{ ...asset, origin: 'alias' }];
      return numberKeys(asset.code).includes(key) ? [{ ...asset, origin: 'number' }] : [];
    }),
  polesByStart: (start, limit) =>
    assets.filter(({ kind, code }) => kind === 'pole' && foldCode(code).startsWith(start)).slice(0, limit),
  groupsByDomain: (domain) => {
    const group = { 'one.example': 1, 'two.example': 2, 'three.example': 3, 'four.example': 4 }[domain];
    return group === undefined ? [] : [group];
  },
};

type Letter = {
  readonly subject?: string;
  readonly body?: string;
  readonly thread?: readonly string[];
  readonly from?: string;
};

function find({ subject = '', body = '', thread = [], from = 'crew.example' }: Letter) {
  const { bind, offer } = findAssets(
    { subject, body, thread, senderDomain: from, codePrefixes: ['PLT'] },
    index,
  );
  return { bind: bind.map(({ asset }) => asset.id), offer: offer.map(({ asset }) => asset.id) };
}
const bound = (letter: Letter) => find(letter).bind;

test('a code is bound in every spelling, also glued, bracketed and broken over a line', () => {
  const spellings = [
    '20417-P-64-1-2',
    '20417-р-64-1-2',
    '20417 – P – 64 – 1 – 2',
    'опора (20417‑Р‑64‑1‑2).',
    'Фото_20417-P-64-1-2_ночь.jpg',
    'шифр:20417-P-64-1-2;свет',
    'шифр 20417-P-64-\n1-2, свет',
    '20417_P_64_1_2',
    'АМС-20417-P-64-1-2',
  ];

  for (const body of spellings) expect(bound({ body }), body).toEqual([2]);
});

test('a whole code is itself, although others begin so, and one that nobody has is nothing', () => {
  expect(bound({ subject: '20417-P-64-1 свет' })).toEqual([1]);
  expect(find({ subject: '20417-P-64-1-3' })).toEqual({ bind: [], offer: [] });
  expect(find({ subject: '120417-P-64-1' })).toEqual({ bind: [], offer: [] });
});

test('a beginning is bound when one pole begins so, else all are offered', () => {
  expect(bound({ subject: 'дверь 33806-11-64…' })).toEqual([3]);
  expect(find({ subject: 'дверь 20417-P-64…' })).toEqual({ bind: [], offer: [1, 2] });
  expect(find({ subject: 'дверь 20417-P-64-1…' })).toEqual({ bind: [], offer: [1, 2] });
  expect(bound({ subject: '20417-P-64…', body: 'полностью: 20417-P-64-1-2' })).toEqual([2]);
});

test('an alias is found by its words, but not where it is the name of a village', () => {
  expect(bound({ body: 'На дальний пост привезли топливо' })).toEqual([3]);
  expect(bound({ body: 'Адрес: пос. Дальний пост, д. 3' })).toEqual([]);
});

test('a padded number is its station, and so is one glued to a word for it', () => {
  for (const body of ['KA0318 обесточена', 'ВЭС.КА0318', 'БС№KA318', 'БС KA 0318', 'KA-00318']) {
    expect(bound({ body }), body).toEqual([11]);
  }
});

test('figures alone are a station only where the letter says so', () => {
  for (const body of ['БС 27733', 'бс-27733 без сети', 'Сайт №27733', '{"bs":"27733"}', 'Номер БС\n27733']) {
    expect(bound({ body }), body).toEqual([15]);
  }
  expect(bound({ subject: '27733' })).toEqual([15]);
  expect(bound({ subject: '27733 / 33806-11-64-7-3' })).toEqual([3, 15]);
  expect(find({ body: 'Пришло 27733 на склад' })).toEqual({ bind: [], offer: [] });
});

test('numbers of other things bind nothing', () => {
  const letters = [
    'Счёт № 64-02951 от 12.03.2026',
    'договор энергоснабжения № 27733',
    'на БС по договору 27733',
    'исх. 64-02951',
    'доб. 27733',
    'тел. +7 (831) 200-27-733',
    'координаты 64.02951, 33.80611',
    'сумма 27733,50 руб.',
    'показание счётчика 27733',
    'http://desk.example/20417-P-64-1?bs=27733',
    'пишите на bs-27733@two.example',
    'прицеп КА0318 64',
    'График по объектам на 2023 год',
    'ул. Кольцевая, 64-02951',
    'Заявка № 64-02951/26',
    'PLT-27733',
    'ssh 10.2.3.4:27733',
  ];

  for (const body of letters) expect(bound({ body, from: 'three.example' }), body).toEqual([]);
});

test('a year is a station only when one station is named just before it', () => {
  expect(bound({ body: 'БС 2023 недоступна', from: 'four.example' })).toEqual([16]);
  expect(bound({ body: 'Объекты 2023', from: 'four.example' })).toEqual([]);
});

test('of a number that several have, the pole tells which, else the sender; else all are offered', () => {
  expect(bound({ subject: 'БС 16820', body: 'Шифр 33806-11-64-7-3', from: 'three.example' })).toEqual([
    3, 14,
  ]);
  expect(bound({ subject: 'БС 16820', from: 'three.example' })).toEqual([13]);
  expect(find({ subject: 'БС 16820' })).toEqual({ bind: [], offer: [13, 14] });
  expect(find({ subject: 'БС 16820', from: 'two.example' })).toEqual({ bind: [], offer: [13, 14] });
});

test("a number only another operator has is offered, not bound to the sender's letter", () => {
  expect(find({ subject: 'БС 27733', from: 'two.example' })).toEqual({ bind: [], offer: [15] });
});

test('the nearer place wins: subject, fresh text, signature, quoted text, earlier letters', () => {
  const near = '20417-P-64-1-2';
  const far = '33806-11-64-7-3';

  expect(find({ subject: near, body: `как на ${far}` })).toEqual({ bind: [2], offer: [3] });
  expect(bound({ body: `свет на ${near}\n\n--\nбаза ${far}` })).toEqual([2]);
  expect(bound({ body: `на ${near} готово\n\n> и ${far}?` })).toEqual([2]);
  expect(bound({ body: `на ${near} готово`, thread: [`АВР\nна ${far}`] })).toEqual([2]);
  expect(bound({ body: 'Готово', thread: [`АВР\nна ${far}`] })).toEqual([3]);
  expect(
    bound({ body: `Готово\n\nС уважением,\nсмена, zzz@crew.example\nДата: 01.02.2026\n${near}` }),
  ).toEqual([2]);
});

test('two of a kind in one place are offered, and the one on the pole named is bound', () => {
  expect(find({ subject: 'KA0318 и 64-02951' })).toEqual({ bind: [], offer: [11, 12] });
  expect(find({ subject: 'БС 27733, 27734' })).toEqual({ bind: [], offer: [15, 17] });
  expect(find({ subject: 'БС 27733 (у леса), 27734' })).toEqual({ bind: [], offer: [15, 17] });
  expect(find({ subject: 'БС 27733/34' })).toEqual({ bind: [], offer: [15, 17] });
  expect(find({ body: '20417-P-64-1: KA0318, рядом 64-02951' })).toEqual({ bind: [1, 11], offer: [12] });
  expect(find({ body: '33806-11-64-7-3: БС 27733, 27734' })).toEqual({ bind: [3], offer: [15, 17] });
});

test('a pole and a station that disagree: the pole is bound, the station offered', () => {
  expect(find({ subject: 'KA0318 / 33806-11-64-7-3' })).toEqual({ bind: [3], offer: [11] });
});

test('a subject taken over from an earlier letter does not overrule the fresh text: a person decides', () => {
  const body = 'Ошибка в теме, это на 33806-11-64-7-3';

  expect(find({ subject: 'Re: 20417-P-64-1 дверь', body })).toEqual({ bind: [], offer: [1, 3] });
  expect(bound({ subject: '20417-P-64-1 дверь', body })).toEqual([1]);
  expect(bound({ subject: 'Re: KA0318', body: 'на 20417-P-64-1 готово' })).toEqual([1, 11]);
});

test('samples, bounces and absences are about nothing', () => {
  expect(bound({ body: 'Пример темы: «20417-P-64-1 нет ВЭС»' })).toEqual([]);
  expect(bound({ body: 'Образец заполнения\nШифр: 20417-P-64-1\nБС: KA0318\n\nЖдём' })).toEqual([]);
  expect(bound({ body: 'примерно в два буду на 20417-P-64-1' })).toEqual([1]);
  expect(bound({ subject: 'Undeliverable: 20417-P-64-1' })).toEqual([]);
  expect(bound({ subject: 'Автоответ: 20417-P-64-1' })).toEqual([]);
});

test('a table names a station by the heading of its column', () => {
  const table = (heading: string) => `| № | ${heading} | Начало |\n|---|---|---|\n| 1 | 27733 | 10:00 |`;

  expect(bound({ body: table('Номер БС') })).toEqual([15]);
  expect(bound({ body: table('Счётчик') })).toEqual([]);
});

test('a hostile megabyte is read in bounded steps, and asks the registry a bounded number of questions', () => {
  let asked = 0;
  const counting: AssetIndex = {
    ...index,
    byKey: (key) => {
      asked += 1;
      return index.byKey(key);
    },
  };
  const uniform = [
    '1234567890-',
    '-',
    '1',
    '12-34 - ',
    '41208-P-',
    '+7 ',
    'a@',
    '(',
    'http://',
    'пример ',
    '1_',
  ];
  const distinct = Array.from({ length: 60_000 }, (_, at) => `${10_000 + at}-P-${at}`).join(' ');
  for (const body of [...uniform.map((piece) => piece.repeat(1e6 / piece.length)), distinct]) {
    asked = 0;
    const letter = { subject: body, body, thread: [body], senderDomain: '' };
    expect(findAssets(letter, counting).bind).toEqual([]);
    expect(asked).toBeLessThan(15_000);
  }
});
