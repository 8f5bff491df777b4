import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { FloodsScreen } from './floods-screen.tsx';

const flood = {
  id: 3,
  kind: 'line',
  title: '41208-P-52-1-1',
  startedAt: 0,
  endedAt: null,
  total: 2,
  open: 2,
};
const incidents = [1, 2].map((id) => ({
  id,
  code: `PLT-${id}`,
  title: `Авария ${id}`,
  statusId: 1,
  finishedAt: null,
  dismissedAt: null,
  merged: false,
  revision: 1,
}));

async function show(floodId: number | null, scheme: 'dark' | 'light' = 'dark') {
  const asked: unknown[] = [];
  let state = 'waiting';
  const fake = createFakePage(
    {
      'links.floods': () => ({ floods: [flood] }),
      'links.flood': () => ({ flood, incidents, answer: null }),
      'links.answerAll': (input: object) => {
        asked.push(input);
        return { batchId: 5 };
      },
      'links.answers': () => ({
        batchId: 5,
        parts: [
          { incidentId: 1, code: 'PLT-1', state: 'queued', reason: null },
          {
            incidentId: 2,
            code: 'PLT-2',
            state: state === 'waiting' ? 'waiting' : 'skipped',
            reason: state === 'waiting' ? null : 'no-address',
          },
        ],
        undoUntil: 4_000_000_000_000,
        takenBackAt: state === 'back' ? 1 : null,
      }),
      'links.takeBackAnswers': () => {
        asked.push('back');
        state = 'back';
        return { takenBack: 1, left: 0, text: 'Видим отключение.' };
      },
    },
    scheme,
  );
  await render(
    <fake.Page>
      <FloodsScreen floodId={floodId} onGo={() => undefined} />
    </fake.Page>,
  );
  return {
    asked,
    go(next: string) {
      state = next;
      fake.tell('flood');
    },
  };
}

test('each flood is a line with its size and start, and leads to its page', async () => {
  await show(null);
  await expect
    .element(page.getByRole('link', { name: /Поток: опора 41208-P-52-1-1, 2 инцидента/ }))
    .toHaveAttribute('href', '#/floods/3');
});

test('one text is sent to everybody who asked, says how far it is and whom it could not reach', async () => {
  const { asked, go } = await show(3);
  await expect.element(page.getByRole('link', { name: 'PLT-2' })).toBeVisible();

  await userEvent.fill(page.getByRole('textbox', { name: 'Текст ответа' }), 'Видим отключение.');
  await page.getByRole('button', { name: 'Ответить всем' }).click();

  expect(asked).toEqual([{ incidentIds: [1, 2], floodId: 3, text: 'Видим отключение.' }]);
  await expect.element(page.getByText('Готово 1 из 2')).toBeVisible();
  go('done');
  await expect.element(page.getByText('Ответ в исходящих: 1 инцидент')).toBeVisible();
  await expect.element(page.getByText('Без ответа: PLT-2 (нет адреса)')).toBeVisible();
});

test('taken back, the text stands in the field again', async () => {
  const { asked } = await show(3);
  const field = page.getByRole('textbox', { name: 'Текст ответа' });
  await userEvent.fill(field, 'Видим отключение.');
  await page.getByRole('button', { name: 'Ответить всем' }).click();
  await page.getByRole('button', { name: 'Вернуть все' }).click();

  await expect.poll(() => asked.at(-1)).toBe('back');
  await expect.element(field).toHaveValue('Видим отключение.');
});

test.each(['dark', 'light'] as const)(
  'the page of a flood is open to everybody in the %s theme',
  async (scheme) => {
    await show(3, scheme);
    await expect.element(page.getByRole('link', { name: 'PLT-2' })).toBeVisible();
    expect(await findBarriers()).toEqual([]);
  },
);
