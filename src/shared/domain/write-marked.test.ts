import { expect, test } from 'vitest';
import { createSeededRandom } from '../../core/training/seeded-random.ts';
import { readMarked } from './marked-text.ts';
import { writeMarked } from './write-marked.ts';

const again = (typed: string) => {
  const { text, entities } = readMarked(typed);
  return writeMarked(text, entities);
};

test.each([
  'Объект **KA0412**: __до 14:30__, ~~не~~ `reset`',
  '**важно __сегодня__** `a **b** c`',
  '**__всё__**',
  'См. [схему **входа**](https://desk.example/a_(1)?x=1).',
  '```\na = 1\n  b\n``` дальше',
  '\\**не жирно** и **жирно**',
  'C:\\_temp__ и 2**3**4',
])('what was typed comes back as typed: %s', (typed) => {
  expect(again(typed)).toBe(typed);
});

test('formatting no mark can say is left out, the words never', () => {
  const bold = { kind: 'bold', offset: 2, length: 2 };
  const spoiler = { kind: 'spoiler', offset: 0, length: 6 };
  expect(writeMarked('авария', [bold, spoiler])).toBe('авария');
  const crossing = [
    { kind: 'bold', offset: 0, length: 7 },
    { kind: 'italic', offset: 4, length: 10 },
  ];
  expect(writeMarked('раз два три четыре', crossing)).toBe('**раз два** три четыре');
});

test('words between any marks keep their formatting, and marks that were none stay signs', () => {
  const random = createSeededRandom(4);
  const words = [
    'слово',
    'KA__01__2',
    ' ',
    ' ',
    'а ',
    '\n',
    '\\**нет** ',
    '~~',
    '`да`',
    '**',
    '__',
    '**да**',
    '[да](https://a.example)',
  ];
  const lost: string[] = [];
  for (let round = 0; round < 3000; round += 1) {
    const count = 1 + Math.floor(random.number() * 12);
    const typed = Array.from({ length: count }, () => words[Math.floor(random.number() * words.length)]).join(
      '',
    );
    const read = readMarked(typed);
    const back = readMarked(writeMarked(read.text, read.entities));
    if (JSON.stringify(back) !== JSON.stringify(read)) lost.push(typed);
  }
  expect(lost).toEqual([]);
});

test('a text of nothing but marks is answered within a moment', () => {
  const text = '**`['.repeat(1024);
  const startedAt = performance.now();
  writeMarked(text, []);
  expect(performance.now() - startedAt).toBeLessThan(3000);
});
