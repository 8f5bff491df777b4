import { describe, expect, it } from 'vitest';
import { createAnswers } from './answers.ts';
import { readLetter } from './read-letter.ts';
import { createSeededRandom } from './seeded-random.ts';

const desk = { name: 'Диспетчерская', address: 'desk@towers.example' };
const at = Date.UTC(2026, 2, 4, 9);

function letter(subject: string, text: string): Buffer {
  const head = [
    'Message-ID: <one@towers.example>',
    `Subject: ${subject}`,
    'Content-Type: text/plain; charset=utf-8',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}\r\n`);
}

/** What an operator says over many shifts. */
function answersTo(text: string): string[] {
  return Array.from({ length: 40 }, (_, seed) =>
    createAnswers(createSeededRandom(seed), desk).to(
      letter('PLT-1042: заявка', text),
      'bss@volna-mobile.example',
    ),
  )
    .flat()
    .map(({ compose }) => readLetter(compose(at)).text);
}

const thanks = /спасибо, подтверждаем|Благодарим|спасибо за оперативность|питание есть/i;

describe('people who read an answer', () => {
  it.each([
    'Авария устранена, просим проверить.',
    'Питание восстановлено.',
    'Работы завершены, заявка закрыта.',
    'Закрываем заявку.',
  ])('take "%s" for the end of the trouble', (text) => {
    expect(answersTo(text).some((answer) => thanks.test(answer))).toBe(true);
  });

  it.each([
    'Заявка принята, о сроках сообщим.',
    'Питание будет восстановлено к вечеру.',
    'Взяли в работу.\r\n> Подъезд закрыт, питание восстановлено частично',
  ])('do not take "%s" for the end', (text) => {
    expect(answersTo(text).some((answer) => thanks.test(answer))).toBe(false);
  });

  it('name an arrival after the moment they write', () => {
    const answers = createAnswers(createSeededRandom(1), desk).to(
      letter('PLT-1042: выезд', 'Прошу выехать.'),
      'disp@yugsetservis.example',
    );

    const texts = answers.map(({ compose }) => readLetter(compose(at)).text);
    const [, hour = '', minute = ''] = /прибытие (\d+):(\d+)/.exec(texts.join('\n')) ?? [];

    // Nine in the morning UTC is noon in Moscow.
    const minutes = Number(hour) * 60 + Number(minute) - 12 * 60;
    expect(minutes).toBeGreaterThanOrEqual(35);
    expect(minutes).toBeLessThanOrEqual(125);
  });
});
