import { expect, test } from 'vitest';
import { cleanTitle, firstWords } from './subject.ts';

const titles: [subject: string, title: string][] = [
  ['Нет питания', 'Нет питания'],
  ['Re: Нет питания', 'Нет питания'],
  ['RE: Fwd: FW: Re: Нет питания', 'Нет питания'],
  ['Отв: Пересл: Нет питания', 'Нет питания'],
  ['Ответ: Нет питания', 'Нет питания'],
  ['Re[2]: Нет питания', 'Нет питания'],
  ['Re(3): Нет питания', 'Нет питания'],
  ['Re- 2: PLT-1045: FWD: Нет питания', 'Нет питания'],
  ['[!!Formal]Re: PLT-1045: Нет питания', 'Нет питания'],
  ['[!!Formal]Undeliverable: Re: PLT-1045: Нет питания', 'Нет питания'],
  ['Не удается доставить: Re: PLT-1045: Нет питания', 'Нет питания'],
  ['[EXTERNAL] Re: [!!Formal] Нет питания', 'Нет питания'],
  ['FWD:Заявка внешнего контрагента 30-2719', 'Заявка внешнего контрагента 30-2719'],
  ['Re:\u00a0 Нет   питания\r\n', 'Нет питания'],
  ['Т2 Отсутствует ВЭС KA0412/41208-P-52-1-1', 'Т2 Отсутствует ВЭС KA0412/41208-P-52-1-1'],
  ['Т2 Отсутствует ВЭС (Закрыто)', 'Т2 Отсутствует ВЭС (Закрыто)'],
  ['Реконструкция: мачта', 'Реконструкция: мачта'],
  ['Нет питания (PLT-1045)', 'Нет питания'],
  ['KD2140', 'KD2140'],
  ['БС №14417', 'БС №14417'],
  ['Re:', ''],
  ['PLT-1045', ''],
  ['', ''],
];

test.each(titles)('the title of "%s" is "%s"', (subject, title) => {
  expect(cleanTitle(subject, ['PLT'])).toBe(title);
});

test('a title is cut at a length the contract takes, never inside a character', () => {
  const title = cleanTitle(`${'я'.repeat(298)}😀${'я'.repeat(50)}`);

  expect(title.length).toBeLessThanOrEqual(300);
  expect(title).not.toMatch(/[\ud800-\udbff]…/);
});

test('a thousand Re: are as good as one', () => {
  expect(cleanTitle(`${'Re: '.repeat(1000)}Вода`)).toBe('Вода');
});

test('a letter without a subject is called by its first words, not by a quote or a rule', () => {
  expect(firstWords('> цитата\n----\n\nКоллеги, на 18620-P-77-4 автомат выбило')).toBe(
    'Коллеги, на 18620-P-77-4 автомат выбило',
  );
  expect(firstWords('\n \n---')).toBe('');
});
