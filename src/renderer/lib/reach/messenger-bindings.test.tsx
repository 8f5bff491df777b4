import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { BindingView, BotView } from '../../../shared/contract/bindings.ts';
import { AppError } from '../../../shared/errors.ts';
import { MessengerBindings } from './messenger-bindings.tsx';

const minuteMs = 60_000;
const url = 'https://t.me/pult_bot?start=kJ7-_xkJ7-_xkJ7-_xkJ7A';
const bots: readonly BotView[] = [
  { id: 1, name: 'Бот смены', channel: 'telegram' },
  { id: 2, name: 'MAX', channel: 'max' },
];
const bound = (part: Partial<BindingView> = {}): BindingView => ({
  id: 5,
  routeId: 1,
  route: 'Бот смены',
  channel: 'telegram',
  title: 'Олег Самойлов, @oleg',
  boundAt: Date.now() - 86_400_000,
  blockedAt: null,
  ...part,
});

type Given = {
  readonly bindings?: BindingView[];
  readonly bots?: readonly BotView[];
  readonly expiresAt?: number;
  readonly refuses?: boolean;
  readonly scheme?: 'dark' | 'light';
};

async function open(given: Given = {}) {
  const state = { bindings: given.bindings ?? [] };
  const asked: object[] = [];
  const page = createFakePage(
    {
      'bindings.list': () => ({ bindings: state.bindings, bots: given.bots ?? bots }),
      'bindings.createLink': (input: object) => {
        asked.push(input);
        if (given.refuses) throw new AppError('unavailable', { details: { reason: 'route-unavailable' } });
        return { url, expiresAt: given.expiresAt ?? Date.now() + 30 * minuteMs };
      },
      'bindings.unbind': (input: object) => {
        asked.push(input);
        state.bindings = [];
        page.tell('contact');
        return { undo: 9 };
      },
    },
    given.scheme,
  );
  const screen = await render(
    <page.Page>
      <div style={{ inlineSize: 380 }}>
        <MessengerBindings party={{ kind: 'contact', id: 7 }} />
      </div>
    </page.Page>,
  );
  return { screen, asked, page, state };
}

test('somebody is bound by a link and its code, and it is said when they have come', async () => {
  const { screen, asked, page, state } = await open();
  await screen.getByRole('button', { name: 'Привязать Telegram' }).click();

  await expect.element(screen.getByRole('img', { name: 'QR-код со ссылкой на бота' })).toBeVisible();
  await expect.element(screen.getByText(url)).toBeVisible();
  await expect.element(screen.getByText(/Сработает один раз, до/)).toBeVisible();
  expect(asked).toEqual([{ party: { kind: 'contact', id: 7 }, routeId: 1 }]);
  state.bindings = [bound({ boundAt: Date.now() })];
  page.tell('contact');

  await expect.element(screen.getByText(/Привязан: Олег Самойлов, @oleg/)).toBeVisible();
  await expect.element(screen.getByRole('img')).not.toBeInTheDocument();
});

test('somebody who is bound already and comes again is told as well', async () => {
  const { screen, page, state } = await open({ bindings: [bound()] });
  await screen.getByRole('button', { name: 'Привязать Telegram' }).click();
  await expect.element(screen.getByText(url)).toBeVisible();

  state.bindings = [bound({ boundAt: Date.now() })];
  page.tell('contact');

  await expect.element(screen.getByText(/Привязан: Олег Самойлов, @oleg/)).toBeVisible();
});

test('a link whose time is over shows no code any more and offers another', async () => {
  const { screen } = await open({ expiresAt: Date.now() - 1000 });
  await screen.getByRole('button', { name: 'Привязать MAX' }).click();

  await expect.element(screen.getByText('Время ссылки вышло.')).toBeVisible();
  await expect.element(screen.getByRole('img')).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Новая ссылка' })).toBeVisible();
});

test('being shut out is said by shape, words and what it means', async () => {
  const { screen } = await open({ bindings: [bound({ blockedAt: Date.now() })] });

  await expect.element(screen.getByText(/! заблокировал бота/)).toBeVisible();
  await expect.element(screen.getByText(/не дойдут, пока он не напишет/)).toBeVisible();
});

test('unbinding is one press, with the way back', async () => {
  const { screen, asked } = await open({ bindings: [bound()] });

  await screen.getByRole('button', { name: 'Отвязать Олег Самойлов, @oleg' }).click();

  await expect.element(screen.getByText('Отвязан: Олег Самойлов, @oleg')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /Отменить/ })).toBeVisible();
  await expect.element(screen.getByText(/Ни к одному боту не привязан/)).toBeVisible();
  expect(asked).toEqual([{ id: 5 }]);
});

test('several bots of one messenger are called by their names, and without any it says where they are made', async () => {
  const two = [...bots, { id: 3, name: 'Бот подрядчиков', channel: 'telegram' as const }];
  const { screen } = await open({ bots: two });
  await expect.element(screen.getByRole('button', { name: 'Привязать: Бот подрядчиков' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Привязать: Бот смены' })).toBeVisible();

  const empty = await open({ bots: [] });

  await expect.element(empty.screen.getByText(/Ботов пока нет/)).toBeVisible();
});

test('a bot that cannot be asked for its name says so, and the button is there for another try', async () => {
  const { screen } = await open({ refuses: true });

  await screen.getByRole('button', { name: 'Привязать Telegram' }).click();

  await expect.element(screen.getByText(/Сервис не отвечает/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Привязать Telegram' })).toBeEnabled();
});

test.each(['dark', 'light'] as const)('nothing stands in anybody’s way in the %s theme', async (scheme) => {
  const { screen } = await open({ bindings: [bound(), bound({ id: 6, blockedAt: 1 })], scheme });
  await screen.getByRole('button', { name: 'Привязать Telegram' }).click();
  await expect.element(screen.getByText(url)).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
