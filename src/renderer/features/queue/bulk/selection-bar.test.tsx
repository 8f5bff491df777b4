import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { makeRow } from '../../../../../test/support/fake-desk.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import { QueuePane } from '../queue-pane.tsx';

type Items = { readonly items: readonly { readonly id: number; readonly expected: number }[] };

const answering: number[][] = [];

function Harness() {
  const [openId, setOpenId] = useState<number | null>(null);
  return (
    <QueuePane
      personId={1}
      openId={openId}
      onOpen={setOpenId}
      onEnter={() => undefined}
      onAnswerAll={(ids) => answering.push([...ids])}
    />
  );
}

async function show() {
  const asked: { name: string; input: unknown }[] = [];
  const rows = Array.from({ length: 20 }, (_, index) => makeRow({ id: index + 1, revision: 7 }));
  const bulk =
    (name: string, refused: unknown[] = []) =>
    (input: Items) => {
      asked.push({ name, input });
      return { changed: input.items.map(({ id }) => id), same: [], refused, undo: 5 };
    };
  const fake = createFakePage({
    'incidents.queue': ({ offset, limit }: { offset: number; limit: number }) => ({
      total: rows.length,
      revision: 7,
      rows: rows.slice(offset, offset + limit),
    }),
    'incidents.rows': () => ({ revision: 7, rows: [] }),
    'incidents.counts': () => ({
      open: 20,
      mine: 0,
      unassigned: 0,
      atRisk: 0,
      overdue: 0,
      unread: 0,
      postponed: 0,
    }),
    'views.list': () => ({ views: [] }),
    'bulk.markRead': bulk('markRead'),
    'bulk.dismiss': bulk('dismiss', [
      { id: 2, code: 'PLT-2', error: 'conflict', reason: 'transition', details: { reason: 'transition' } },
    ]),
    'incidents.undo': (input: unknown) => {
      asked.push({ name: 'undo', input });
      return { undo: null, refused: [] };
    },
    'personal.setFavourite': (input: unknown) => {
      asked.push({ name: 'favourite', input });
      return { undo: 6 };
    },
  });
  await render(
    <fake.Page>
      <div style={{ height: 640, width: 1000, display: 'flex', flexDirection: 'column' }}>
        <Harness />
      </div>
    </fake.Page>,
  );
  await expect.element(page.getByText('PLT-1', { exact: true })).toBeVisible();
  const of = (name: string) => asked.filter((one) => one.name === name).map(({ input }) => input);
  return { fake, of };
}

const bar = () => page.getByRole('toolbar', { name: 'Выбранные инциденты' });
const row = (code: string) => page.getByRole('row').filter({ hasText: code });

test('rows are chosen by keys, done to at once, and taken back by one key', async () => {
  const { of } = await show();
  await userEvent.click(page.getByText('PLT-1', { exact: true }));
  await userEvent.keyboard('x');
  await userEvent.keyboard('{Shift>}jj{/Shift}');
  await expect.element(bar().getByText(/Выбрано\s3/)).toBeVisible();

  await userEvent.keyboard('{Shift>}x{/Shift}');
  await userEvent.click(page.getByRole('menuitem', { name: 'Отметить прочитанными' }));

  await expect.poll(() => of('markRead')).toEqual([{ items: [1, 2, 3].map((id) => ({ id, expected: 7 })) }]);
  await expect.element(page.getByText(/Изменено\s3\sинцидента/)).toBeVisible();
  expect(bar().query()).toBeNull();
  await userEvent.click(page.getByRole('button', { name: /Отменить/ }));
  await expect.poll(() => of('undo')).toEqual([{ sequence: 5 }]);
});

test('Shift and a click choose what is between, Ctrl and a click one more, Escape none', async () => {
  await show();
  await userEvent.click(page.getByText('PLT-2', { exact: true }));
  await userEvent.click(page.getByText('PLT-5', { exact: true }), { modifiers: ['Shift'] });
  await expect.element(bar().getByText(/Выбрано\s4/)).toBeVisible();
  await expect.element(row('PLT-4').first()).toHaveAttribute('aria-selected', 'true');

  await userEvent.click(page.getByText('PLT-9', { exact: true }), { modifiers: ['Control'] });
  await expect.element(bar().getByText(/Выбрано\s5/)).toBeVisible();

  await userEvent.keyboard('{Escape}');
  expect(bar().query()).toBeNull();
});

test('all that is shown is chosen by one key, and what was refused is named with its reason', async () => {
  const { of } = await show();
  await userEvent.keyboard('{Control>}a{/Control}');
  await expect.element(bar().getByText(/Выбрано\s20/)).toBeVisible();
  await userEvent.click(bar().getByRole('button', { name: /Действия/ }));
  await userEvent.click(page.getByRole('menuitem', { name: 'Не инциденты' }));

  const report = page.getByRole('dialog', { name: 'Изменить не вышло' });
  await expect.element(report.getByRole('link', { name: 'PLT-2' })).toBeVisible();
  await expect.element(report.getByText(/Из этого статуса в выбранный перейти нельзя/)).toBeVisible();
  expect((of('dismiss')[0] as Items).items).toHaveLength(20);
});

test('all who are chosen are answered from the bar', async () => {
  await show();
  await userEvent.click(page.getByText('PLT-2', { exact: true }));
  await userEvent.click(page.getByText('PLT-4', { exact: true }), { modifiers: ['Shift'] });
  await userEvent.keyboard('{Shift>}x{/Shift}');
  await userEvent.click(page.getByRole('menuitem', { name: 'Ответить всем…' }));

  expect(answering.at(-1)).toEqual([2, 3, 4]);
});

test('a star is turned by a click in its column, and the row is not opened by it', async () => {
  const { of } = await show();
  await userEvent.click(page.getByRole('button', { name: 'Отметить звездой' }).first());

  await expect.poll(() => of('favourite')).toEqual([{ incidentId: 1, level: 'normal' }]);
});

test('nobody is kept out of the bar of what is chosen', async () => {
  await show();
  await userEvent.keyboard('{Control>}a{/Control}');
  await expect.element(bar()).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
