import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { Draft } from '../../../shared/contract/letters.ts';
import { Composer } from './composer.tsx';
import { createComposerStore } from './composer-store.ts';

const blank: Draft = {
  id: 5,
  incidentId: 7,
  mode: 'reply',
  sourceId: 3,
  accountId: 1,
  recipients: { to: [{ name: 'Смена', address: 'noc@tele-op.example' }], cc: [], bcc: [] },
  subject: 'Re: PLT-1042: Нет питания',
  body: '\n\n-- \nДиспетчерская\n\n21.11.2026, 14:20, noc@tele-op.example:\n> Нет питания',
  attachments: [],
  templateKey: null,
  updatedAt: 1,
};

type Saved = Partial<Draft> & { readonly id: number };

async function openComposer(
  answers: Record<string, (input: never) => unknown> = {},
  standing: Draft | null = blank,
) {
  const saves: Saved[] = [];
  const sent: { draftId: number; force: boolean }[] = [];
  let draft = standing;
  const page = createFakePage({
    'accounts.list': () => ({ accounts: [], presets: [] }),
    'drafts.forIncident': () => ({ draft }),
    'drafts.begin': () => {
      draft = blank;
      return { draft };
    },
    'drafts.save': (input: Saved) => {
      saves.push(input);
      if (draft) draft = { ...draft, ...input, updatedAt: draft.updatedAt + 1 };
      return { updatedAt: draft?.updatedAt ?? 0 };
    },
    'drafts.completeAddress': () => ({
      addresses: [
        { name: 'Волга АВР', address: 'avr@volga.example' },
        { name: 'Волга РВР', address: 'rvr@volga.example' },
      ],
    }),
    'outbox.send': (input: { draftId: number; force: boolean }) => {
      sent.push(input);
      draft = null;
      return { outboxId: 11, notBefore: Date.now() + 10_000, message: {} };
    },
    'outbox.takeBack': () => {
      draft = { ...blank, id: 6 };
      return { draftId: 6 };
    },
    'outbox.list': () => ({ rows: [] }),
    ...answers,
  });
  const composer = createComposerStore({
    client: page.desk.rpc,
    upload: () => Promise.reject(new AppError('unavailable')),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const screen = await render(
    <page.Page>
      <Composer composer={composer} incidentId={7} />
    </page.Page>,
  );
  return { screen, composer, saves, sent, page };
}

test('what is typed is saved a moment later, above the folded quote', async () => {
  const { screen, saves } = await openComposer();
  const body = screen.getByRole('textbox', { name: 'Текст письма' });
  await expect.element(body).toHaveValue('\n\n-- \nДиспетчерская\n');

  await body.fill('Бригада будет к 14:30.');

  await expect.poll(() => saves.length).toBeGreaterThan(0);
  expect(saves.at(-1)?.body).toBe(
    'Бригада будет к 14:30.\n21.11.2026, 14:20, noc@tele-op.example:\n> Нет питания',
  );
  await expect.element(screen.getByText(/^сохранено \d\d:\d\d:\d\d$/)).toBeVisible();
});

test('a save that failed is tried again and says so meanwhile', async () => {
  let failures = 1;
  const { screen, saves } = await openComposer({
    'drafts.save': (input: Saved) => {
      if (failures > 0) {
        failures -= 1;
        throw new AppError('unavailable');
      }
      saves.push(input);
      return { updatedAt: 2 };
    },
  });

  await screen.getByRole('textbox', { name: 'Текст письма' }).fill('Выехали.');

  await expect.element(screen.getByText('не сохранено, повторим')).toBeVisible();
  await expect.poll(() => saves.at(-1)?.body, { timeout: 8000 }).toContain('Выехали.');
});

test('Ctrl+Enter sends, and U brings the letter back', async () => {
  const { screen, sent } = await openComposer();
  await screen.getByRole('textbox', { name: 'Текст письма' }).click();

  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.element(screen.getByText(/Отправится через \d+ секунд/).first()).toBeVisible();
  expect(sent).toEqual([{ draftId: 5, force: false }]);

  await userEvent.keyboard('u');

  await expect.element(screen.getByRole('textbox', { name: 'Текст письма' })).toBeVisible();
});

test('addresses are made, completed and mended by the keyboard alone', async () => {
  const { screen, saves } = await openComposer();
  await screen.getByRole('combobox', { name: 'Кому' }).click();

  await userEvent.keyboard('boss@nb.example,');
  await expect.element(screen.getByText('boss@nb.example')).toBeVisible();

  await userEvent.keyboard('вол');
  await expect.element(screen.getByRole('option', { name: /Волга РВР/ })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');

  await expect
    .poll(() => saves.at(-1)?.recipients?.to.map(({ address }) => address))
    .toEqual(['noc@tele-op.example', 'boss@nb.example', 'rvr@volga.example']);

  await userEvent.keyboard('{Backspace}');
  await expect
    .element(screen.getByRole('combobox', { name: 'Кому' }))
    .toHaveValue('Волга РВР <rvr@volga.example>');
});

test('a half-typed address does not let the letter leave', async () => {
  const { screen, sent } = await openComposer();
  await screen.getByRole('combobox', { name: 'Кому' }).click();

  await userEvent.keyboard('boss@nb{Enter}');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.element(screen.getByText('Не похоже на адрес: «boss@nb»')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /Отправить/ })).toBeDisabled();
  expect(sent).toEqual([]);
});

test('a colleague’s answer a moment ago stops the hand once', async () => {
  const forced: boolean[] = [];
  const { screen } = await openComposer({
    'outbox.send': ({ force }: { force: boolean }) => {
      forced.push(force);
      if (!force) {
        throw new AppError('conflict', {
          details: { reason: 'colleague-answered', personId: 2, at: Date.now() - 20_000 },
        });
      }
      return { outboxId: 11, notBefore: Date.now() + 10_000, message: {} };
    },
  });
  await screen.getByRole('textbox', { name: 'Текст письма' }).click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await screen.getByRole('button', { name: 'Отправить всё равно' }).click();

  await expect.poll(() => forced).toEqual([false, true]);
});

test('a draft written in another window appears here', async () => {
  let remote: Draft = blank;
  const { screen, page, composer } = await openComposer({ 'drafts.forIncident': () => ({ draft: remote }) });
  await expect.element(screen.getByRole('textbox', { name: 'Тема' })).toHaveValue(blank.subject);

  remote = { ...blank, subject: 'Re: PLT-1042: из другого окна', updatedAt: 9 };
  page.tell('draft');
  composer.onChanges(['draft']);

  await expect
    .element(screen.getByRole('textbox', { name: 'Тема' }))
    .toHaveValue('Re: PLT-1042: из другого окна');
});

test('Escape folds away a letter nobody has touched', async () => {
  const discarded: number[] = [];
  const { screen, composer } = await openComposer(
    { 'drafts.discard': ({ id }: { id: number }) => void discarded.push(id) },
    null,
  );
  await composer.begin(7, 'reply');
  await expect.element(screen.getByRole('textbox', { name: 'Текст письма' })).toHaveFocus();

  await userEvent.keyboard('{Escape}');

  await expect.poll(() => discarded).toEqual([5]);
  await expect.element(screen.getByRole('button', { name: /^Ответить/ })).toBeVisible();
});

test('Escape leaves the draft where it is', async () => {
  const { screen, saves } = await openComposer();
  const body = screen.getByRole('textbox', { name: 'Текст письма' });
  await body.fill('Недописано');

  await userEvent.keyboard('{Escape}');

  await expect.poll(() => saves.at(-1)?.body).toContain('Недописано');
  await expect.element(body).not.toHaveFocus();
  await expect.element(body).toHaveValue('Недописано');
});
