import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { nightClimb, noticeRow } from '../../../../test/support/sample-notices.ts';
import type { NotificationFilter, NotificationRow } from '../../../shared/contract/notifications.ts';
import type { NotificationsPart } from '../../lib/router.ts';
import { NotificationsScreen } from './notifications-screen.tsx';

type Asked = { readonly filter: NotificationFilter; readonly before?: number | null; readonly limit: number };

const rows = [
  noticeRow({
    id: 43,
    state: 'climbing',
    acknowledgedAt: null,
    party: { kind: 'contact', id: 6, name: 'Борис Зуев' },
  }),
  noticeRow({ id: 42, state: 'not-reached', urgency: 'normal', acknowledgedAt: null, nextId: 43 }),
  noticeRow({ id: 41 }),
];

async function open(
  part: NotificationsPart = 'list',
  {
    openId = null,
    list = rows,
    more = {},
  }: { openId?: number | null; list?: readonly NotificationRow[]; more?: object } = {},
  scheme: 'dark' | 'light' = 'dark',
) {
  const asked: Asked[] = [];
  const done: object[] = [];
  const went: unknown[] = [];
  const page = createFakePage(
    {
      'notifications.list': (input: Asked) => {
        asked.push(input);
        const found = list.filter(
          ({ state, text }) =>
            (input.filter.states.length === 0 || input.filter.states.includes(state)) &&
            text.toLowerCase().includes(input.filter.text.toLowerCase()),
        );
        const from = input.before ? found.findIndex(({ id }) => id === input.before) + 1 : 0;
        const shown = found.slice(from, from + input.limit);
        const next = from + input.limit < found.length ? (shown.at(-1)?.id ?? null) : null;
        return { rows: shown, next, total: input.before ? null : found.length };
      },
      'notifications.rows': ({ ids }: { readonly ids: readonly number[] }) => ({
        rows: list.filter(({ id }) => ids.includes(id)),
      }),
      'notifications.counts': () => ({ open: 1, unknown: 0, alarms: 0, answers: 2 }),
      'notifications.climb': ({ id }: { readonly id: number }) => nightClimb({ id }),
      'notifications.cancel': (input: object) => {
        done.push(input);
        return { done: 1, refused: [{ id: 42, reason: 'notification-ended' }] };
      },
      'ladders.parties': () => ({ parties: [] }),
      ...more,
    },
    scheme,
  );
  page.desk.shell.setState({ zone: 'Europe/Moscow' });
  const screen = await render(
    <page.Page>
      <div style={{ blockSize: 720, inlineSize: 1224 }}>
        <NotificationsScreen
          part={part}
          openId={openId}
          onGo={(...place) => went.push(place)}
          onOpenIncident={(id) => went.push(['incident', id])}
          onNotify={() => went.push(['notify'])}
        />
      </div>
    </page.Page>,
  );
  return { screen, page, asked, done, went };
}

test('a row says to whom, what about, by which steps and what it cost', async () => {
  const { screen } = await open();
  const row = screen.getByRole('row', { name: /Олег Самойлов.*PLT-1042/ }).last();

  await expect.poll(() => row.element().textContent).toContain('Подтверждено');
  await expect.poll(() => row.element().textContent).toContain('Telegram: прочитано в 03:03:00');
  await expect.poll(() => row.element().textContent).toContain('SMS: подтверждено в 03:14:00');
  await expect.poll(() => row.element().textContent).toMatch(/6,40\s₽/);
});

test('a row opens by the mouse and by the keyboard, and unfolds below the list', async () => {
  const { screen, page, went } = await open();
  await screen.getByRole('row', { name: /Борис Зуев/ }).click();
  page.desk.hotkeys.run('next');
  expect(new Set(went.map(String))).toEqual(new Set(['list,43']));
  await screen.unmount();

  const unfolded = await open('list', { openId: 41 });
  await expect.element(unfolded.screen.getByText('принял, еду')).toBeVisible();
  await unfolded.screen.getByRole('button', { name: 'Открыть PLT-1042' }).click();
  unfolded.page.desk.hotkeys.run('back');

  expect(unfolded.went).toEqual([
    ['incident', 7],
    ['list', null],
  ]);
});

test('scope and words narrow the list, and one press shows everything again', async () => {
  const { screen, asked } = await open();
  await screen.getByText('Не дошли').click();
  await expect.element(screen.getByText('1 оповещение')).toBeVisible();
  expect(asked.at(-1)?.filter.states).toEqual(['not-reached']);

  await screen.getByRole('searchbox').fill('такого нет');
  await expect.element(screen.getByText('Ничего не нашлось')).toBeVisible();
  await screen.getByRole('button', { name: 'Показать все' }).click();

  await expect.element(screen.getByText('3 оповещения')).toBeVisible();
});

test('several are stopped at once, and what could not be says why', async () => {
  const { screen, done } = await open();
  await screen.getByRole('checkbox').first().click();
  await screen.getByRole('checkbox').nth(1).click();
  await expect.element(screen.getByText('Выбрано 2')).toBeVisible();

  await screen.getByRole('toolbar').getByRole('button', { name: 'Остановить' }).click();

  await expect.poll(() => done).toEqual([{ ids: [43, 42] }]);
  await expect.element(screen.getByText('Остановлено: 1')).toBeVisible();
  await expect.element(screen.getByText(/Не сделано, 1: Оповещение уже закончилось/)).toBeVisible();
  await expect.element(screen.getByRole('toolbar')).not.toBeInTheDocument();
});

test('a thousand are read page by page as one goes down', async () => {
  const list = Array.from({ length: 1000 }, (_, index) => noticeRow({ id: 1000 - index }));
  const { screen, asked } = await open('list', { list });
  await expect.element(screen.getByText(/1\s000 оповещений/)).toBeVisible();
  expect(asked).toHaveLength(1);

  const grid = screen.getByRole('grid').element();
  for (const before of [901, 801, 701]) {
    const { scrollHeight } = grid;
    grid.scrollTop = scrollHeight;
    await expect.poll(() => asked.at(-1)?.before).toBe(before);
    await expect.poll(() => grid.scrollHeight).toBeGreaterThan(scrollHeight);
  }

  expect(asked).toHaveLength(4);
});

test('what changed while it climbs is shown without a press', async () => {
  const list = [...rows];
  const { screen, page } = await open('list', { list });
  await expect.element(screen.getByText('Идёт', { exact: true })).toBeVisible();

  list[0] = noticeRow({ id: 43, state: 'reached', acknowledgedAt: null });
  page.tell('notification');

  await expect.element(screen.getByText('Дошло', { exact: true })).toBeVisible();
});

const stray = {
  id: 9,
  channel: 'sms',
  address: '+79005550102',
  from: { kind: 'contact', id: 5, name: 'Олег Самойлов' },
  verb: null,
  text: 'буду через час',
  place: null,
  files: [{ sha256: 'a'.repeat(64), fileName: 'щит.jpg', mimeType: 'image/jpeg', size: 9 }],
  at: 1_800_000_000_000,
  takenAt: 1_800_000_000_000,
  candidates: [
    { id: 41, title: 'Нет питания', text: 'Выезжайте', state: 'climbing', createdAt: 1, code: 'PLT-1042' },
  ],
};

test('a photo and a place that nobody knows where to put are looked at before they are placed', async () => {
  const answer = { ...stray, place: { latitude: 55.75, longitude: 37.61 } };
  const { screen } = await open('answers', {
    more: { 'notifications.strays': () => ({ answers: [answer], next: null }) },
  });
  const came = screen.getByRole('list', { name: 'Пришло с ответом' });
  await expect.element(came.getByRole('link', { name: /щит\.jpg/ })).toBeVisible();
  await expect.element(screen.getByText(/место: 55[.,]75/)).toBeVisible();
});

test('an answer that belongs to nothing is placed with one press', async () => {
  const placed: object[] = [];
  const { screen } = await open('answers', {
    more: {
      'notifications.strays': () => ({ answers: [stray], next: null }),
      'notifications.placeStray': (input: object) => void placed.push(input),
    },
  });
  await expect.element(screen.getByText('буду через час')).toBeVisible();

  await screen.getByRole('button', { name: 'Сюда: PLT-1042 Нет питания' }).click();

  await expect.poll(() => placed).toEqual([{ answerId: 9, notificationId: 41 }]);
});

const template = { id: 3, key: null, name: 'Авария', title: '{{code}}', text: 'Нет питания: {{asset}}' };

test('a template is written with the length of its SMS, and refused without words', async () => {
  const saved: object[] = [];
  const { screen } = await open('templates', {
    more: {
      'notifications.templates': () => ({ templates: [template] }),
      'notifications.saveTemplate': (input: object) => {
        saved.push(input);
        return { id: 3, undo: null };
      },
    },
  });
  await screen.getByRole('button', { name: 'Изменить: Авария' }).click();
  await expect.element(screen.getByText(/SMS: 1 часть/)).toBeVisible();
  await screen.getByLabelText('Текст').fill('');
  await screen.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(screen.getByText('Введите текст')).toBeVisible();

  await screen.getByLabelText('Текст').fill('Всё горит');
  await screen.getByRole('button', { name: 'Сохранить' }).click();

  await expect.poll(() => saved).toEqual([{ id: 3, name: 'Авария', title: '{{code}}', text: 'Всё горит' }]);
});

test.each([
  ['list', 'dark'],
  ['list', 'light'],
  ['answers', 'dark'],
  ['answers', 'light'],
  ['templates', 'dark'],
  ['templates', 'light'],
] as const)('the part %s keeps nobody out in the %s theme', async (part, scheme) => {
  const more = {
    'notifications.strays': () => ({ answers: [stray], next: null }),
    'notifications.templates': () => ({ templates: [template] }),
  };
  const { screen } = await open(part, { openId: part === 'list' ? 41 : null, more }, scheme);
  await expect.element(screen.getByRole('tabpanel')).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
