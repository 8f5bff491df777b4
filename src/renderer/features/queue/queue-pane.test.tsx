import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakeDesk, makeRow, type FakeDesk } from '../../../../test/support/fake-desk.tsx';
import { renderDesk } from '../../../../test/support/render-desk.tsx';
import { QueuePane } from './queue-pane.tsx';

type Ask = { readonly offset: number; readonly limit: number };

function queueOf(total: () => number, title = (id: number) => `Авария ${id}`): FakeDesk {
  return createFakeDesk({
    'incidents.queue': ({ offset, limit }: Ask) => ({
      total: total(),
      revision: 1,
      rows: Array.from({ length: Math.min(limit, total() - offset) }, (_, index) => {
        const id = total() - offset - index;
        return makeRow({ id, title: title(id) });
      }),
    }),
    'incidents.rows': ({ ids }: { readonly ids: readonly number[] }) => ({
      revision: 2,
      rows: ids.map((id) => makeRow({ id, title: `Новое ${id}`, revision: 2 })),
    }),
    'incidents.counts': () => ({
      open: total(),
      mine: 0,
      unassigned: 0,
      atRisk: 0,
      overdue: 0,
      unread: 0,
      postponed: 0,
    }),
    'views.list': () => ({ views: [] }),
  });
}

async function show(fake: FakeDesk): Promise<void> {
  await renderDesk(
    fake.desk,
    <div style={{ height: 640, width: 900, display: 'flex', flexDirection: 'column' }}>
      <Harness />
    </div>,
  );
}

function Harness() {
  const [openId, setOpenId] = useState<number | null>(null);
  return (
    <QueuePane
      personId={1}
      openId={openId}
      onOpen={setOpenId}
      onEnter={() => undefined}
      onAnswerAll={() => undefined}
    />
  );
}

test('a queue of 100,000 keeps a few dozen rows and says its true length', async () => {
  await show(queueOf(() => 100_000));
  const grid = page.getByRole('grid');

  await expect.element(grid).toHaveAttribute('aria-rowcount', '100001');
  await expect.element(page.getByText('Авария 100000')).toBeVisible();
  expect(document.querySelectorAll('[role=row]').length).toBeLessThan(60);

  const scroller = document.querySelector('[role=grid]')!;
  scroller.scrollTop = scroller.scrollHeight;

  await expect.element(page.getByText('Авария 1', { exact: true })).toBeVisible();
  expect(document.querySelectorAll('[role=row]').length).toBeLessThan(60);
});

test('the last row is reached by a key and has the focus', async () => {
  await show(queueOf(() => 5000));
  await expect.element(page.getByText('Авария 5000')).toBeVisible();

  document.querySelector<HTMLElement>('[role=row][tabindex="0"]')!.focus();
  await userEvent.keyboard('{End}');

  await expect.poll(() => document.activeElement?.getAttribute('aria-rowindex')).toBe('5001');
});

test('while the hand works the list holds still and says how many came', async () => {
  let total = 50;
  const fake = queueOf(() => total);
  await show(fake);
  await expect.element(page.getByText('Авария 50')).toBeVisible();
  window.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));

  total = 53;
  fake.change({ revision: 2, reset: false, kinds: ['incident'], incidentIds: [51, 52, 53], chatIds: [] });

  await expect.element(page.getByRole('button', { name: '+3 новых' })).toBeVisible();
  expect(page.getByText('Авария 53').query()).toBeNull();

  await userEvent.click(page.getByRole('button', { name: '+3 новых' }));
  await expect.element(page.getByText('Авария 53')).toBeVisible();
});

test('a changed row is changed in its place even while the list holds still', async () => {
  const fake = queueOf(() => 50);
  await show(fake);
  await expect.element(page.getByText('Авария 48')).toBeVisible();
  window.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));

  fake.change({ revision: 2, reset: false, kinds: ['incident'], incidentIds: [48], chatIds: [] });

  await expect.element(page.getByText('Новое 48')).toBeVisible();
});

test('the calm queue says so and what will appear', async () => {
  await show(queueOf(() => 0));

  await expect.element(page.getByText('Открытых инцидентов нет')).toBeVisible();
});

test('keys go by position: о on a Russian layout moves down as J does', async () => {
  const opened: number[] = [];
  const fake = queueOf(() => 10);
  await renderDesk(
    fake.desk,
    <div style={{ height: 400, width: 900, display: 'flex', flexDirection: 'column' }}>
      <QueuePane
        personId={1}
        openId={null}
        onOpen={(id) => opened.push(id)}
        onEnter={() => undefined}
        onAnswerAll={() => undefined}
      />
    </div>,
  );
  await expect.element(page.getByText('Авария 10')).toBeVisible();

  fake.desk.hotkeys.handle(new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ' }));

  expect(opened).toEqual([10]);
});

test('a flood is one row that says what it is; a key lists all of it and folds it again', async () => {
  const flood = {
    id: 3,
    kind: 'region',
    title: 'Нижегородская область',
    startedAt: 0,
    endedAt: null,
    total: 14,
    open: 14,
  };
  const fake = createFakeDesk({
    'incidents.queue': ({ unfolded }: { readonly unfolded: readonly number[] | null }) => {
      const ids = unfolded?.includes(3) ? [1, 2, 3] : [1];
      const rows = ids.map((id) => makeRow({ id, title: `Авария ${id}`, floodId: 3 }));
      return { total: rows.length, revision: 1, rows };
    },
    'incidents.counts': () => ({
      open: 3,
      mine: 0,
      unassigned: 0,
      atRisk: 0,
      overdue: 0,
      unread: 0,
      postponed: 0,
    }),
    'views.list': () => ({ views: [] }),
    'links.floods': () => ({ floods: [flood] }),
  });
  const press = (code: string) => fake.desk.hotkeys.handle(new KeyboardEvent('keydown', { code }));
  await show(fake);
  const chip = page.getByRole('button', { name: /Поток: Нижегородская область, 14 инцидентов/ });
  await expect.element(chip).toBeVisible();
  await expect.element(page.getByText('Авария 1')).not.toBeInTheDocument();

  press('KeyJ');
  await expect.poll(() => fake.desk.hotkeys.handles('unfoldFlood')).toBe(true);
  press('BracketRight');
  await expect.element(page.getByText('Авария 3')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  press('BracketRight');
  await expect.element(chip).toBeVisible();
});
