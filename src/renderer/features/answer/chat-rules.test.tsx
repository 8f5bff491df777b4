import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { makeChatRow } from '../../../../test/support/fake-answers.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { ChatRule } from '../../../shared/contract/chats.ts';
import { ChatRules } from './chat-rules.tsx';

type Saved = Omit<ChatRule, 'id' | 'hits'> & { readonly id?: number };

async function openRules(...standing: readonly ChatRule[]) {
  let rules = [...standing];
  const saved: Saved[] = [];
  const page = createFakePage({
    'chats.open': () => ({
      chat: makeChatRow(),
      rules,
      senders: [
        { id: 'u11', name: 'Иван Жуков' },
        { id: 'u12', name: 'Ольга Седова' },
      ],
      draft: null,
    }),
    'chats.saveRule': (rule: Saved) => {
      saved.push(rule);
      const id = rule.id ?? 100 + saved.length;
      rules = [...rules.filter((other) => other.id !== id), { ...rule, id, hits: 0 }];
      return { id };
    },
    'chats.removeRule': ({ id }: { id: number }) => {
      rules = rules.filter((rule) => rule.id !== id);
    },
  });
  page.desk.reference.setState({
    types: new Map([
      [3, { id: 3, key: 'power', name: 'Нет питания', nameEn: 'No power', active: true, slaMinutes: 240 }],
    ]) as never,
  });
  const screen = await render(
    <page.Page>
      <ChatRules chatId={31} />
    </page.Page>,
  );
  return { screen, saved };
}

const keyword: ChatRule = {
  id: 5,
  chatId: 31,
  kind: 'keyword',
  value: 'авария,нет питания',
  typeId: 3,
  active: true,
  hits: 4,
};

test('a chat without rules says that nothing is opened by itself', async () => {
  const { screen } = await openRules();

  await expect.element(screen.getByText(/открывается только вручную/)).toBeVisible();
});

test('a rule reads as a sentence, with its type and how often it fitted', async () => {
  const { screen } = await openRules(keyword);

  await expect.element(screen.getByText('Есть слово «авария», «нет питания»')).toBeVisible();
  await expect.element(screen.getByText(/Нет питания · сработало 4 раза/)).toBeVisible();
});

test('a rule by code is added with its prefixes put in order, and not without any', async () => {
  const { screen, saved } = await openRules();
  await screen.getByRole('button', { name: 'Добавить правило' }).click();
  await expect.element(screen.getByText('Без этого правило ничему не подойдёт.')).toBeVisible();
  expect(saved).toEqual([]);

  await screen.getByLabelText('Начало кода').fill(' KA , PLT,, KA');
  await screen.getByRole('button', { name: 'Добавить правило' }).click();

  await expect
    .poll(() => saved)
    .toEqual([{ chatId: 31, kind: 'code', value: 'KA,PLT', typeId: null, active: true }]);
  await expect.element(screen.getByText('Код начинается с «KA», «PLT»')).toBeVisible();
});

test('a rule by sender takes people of this chat by name', async () => {
  const { screen, saved } = await openRules();
  await screen.getByRole('combobox', { name: 'Какие сообщения' }).click();
  await screen.getByRole('option', { name: 'От выбранных людей' }).click();
  await screen.getByRole('combobox', { name: 'Люди' }).click();
  await screen.getByRole('option', { name: 'Ольга Седова' }).click();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'Добавить правило' }).click();

  await expect.poll(() => saved[0]).toMatchObject({ kind: 'sender', value: 'u12' });
  await expect.element(screen.getByText('Пишет Ольга Седова')).toBeVisible();
});

test('a rule is switched off without being lost, and one removed by mistake comes back', async () => {
  const { screen, saved } = await openRules(keyword);
  await screen.getByRole('switch', { name: /Правило работает/ }).click({ force: true });
  await expect.poll(() => saved.at(-1)).toMatchObject({ id: 5, active: false });

  await screen.getByRole('button', { name: /Убрать правило/ }).click();
  await expect.element(screen.getByText(/открывается только вручную/)).toBeVisible();
  await screen.getByRole('button', { name: 'Вернуть' }).click();

  await expect.element(screen.getByText('Есть слово «авария», «нет питания»')).toBeVisible();
});

test('a standing rule is changed in its place', async () => {
  const { screen, saved } = await openRules(keyword);
  await screen.getByRole('button', { name: /Изменить правило/ }).click();
  await screen.getByLabelText('Слова').fill('пожар');
  await screen.getByRole('button', { name: 'Сохранить' }).click();

  await expect.poll(() => saved).toMatchObject([{ id: 5, value: 'пожар', typeId: 3, active: true }]);
});
