import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { makeSuggestion } from '../../../../test/support/sample-calls.ts';
import type { Suggestion } from '../../../shared/contract/technicians.ts';
import type { CallRequest } from '../../lib/call-request.ts';
import { CallDialog } from './call-dialog.tsx';

const oleg = makeSuggestion({ contactId: 7, name: 'Олег Самойлов' });
const petr = makeSuggestion({
  contactId: 8,
  name: 'Пётр Ильин',
  fits: false,
  reasons: { duty: 'off-call', region: 'other', load: 2 },
});
const asset = {
  id: 41,
  kind: 'pole',
  code: '41208-P',
  region: 'Север',
  regionId: 5,
  address: 'п. Лесной, 4',
};

async function openDialog(
  request: CallRequest = {},
  suggestions: readonly Suggestion[] = [oleg, petr],
  scheme: 'dark' | 'light' = 'dark',
) {
  const created: unknown[] = [];
  const asked: unknown[] = [];
  const called: number[] = [];
  const page = createFakePage(
    {
      'technicians.suggest': (input: unknown) => {
        asked.push(input);
        return { suggestions };
      },
      'technicians.list': () => ({
        technicians: [],
        skills: [{ id: 3, key: 'power', name: 'Электрика', nameEn: 'Power', active: true }],
        zone: 'Europe/Moscow',
      }),
      'assets.lists': () => ({
        regions: [{ id: 5, key: 'n', name: 'Север', macroregion: '', repairEmail: '' }],
        operators: [],
        groups: [],
        total: 1,
      }),
      'assets.ofIncident': () => ({ assets: [{ assetId: 41, state: 'bound' }] }),
      'assets.view': () => asset,
      'clocks.ofIncident': () => ({
        clocks: [],
        works: [{ kind: 'repair', name: 'Ремонт', nameEn: 'Repair' }],
        earliest: 0,
      }),
      'ladders.preview': ({ to }: { readonly to: readonly { readonly id: number }[] }) => ({
        parties: to.map((party) => ({
          party,
          name: `Лестница ${party.id}`,
          steps: [],
          repeatMinutes: null,
          mostRounds: 1,
          nextName: null,
          heldUntil: null,
        })),
      }),
      'calls.create': (input: unknown) => {
        created.push(input);
        return { id: 12, number: 3 };
      },
    },
    scheme,
  );
  const screen = await render(
    <page.Page>
      <CallDialog request={request} onClose={() => undefined} onCalled={(id) => called.push(id)} />
    </page.Page>,
  );
  return { screen, created, asked, called };
}

const incident = { id: 9, code: 'PLT-9', title: 'Нет питания на опоре' };

test('from an incident its title, its asset and the region stand there, and the best one is called', async () => {
  const { screen, created, asked, called } = await openDialog({ incident });
  await expect.element(screen.getByText('41208-P')).toBeVisible();
  await expect.poll(() => asked.at(-1)).toEqual({ regionId: 5, skillId: null, exclude: [] });
  await expect.element(screen.getByRole('radio', { name: /Олег Самойлов/ })).toBeChecked();
  await expect.element(screen.getByRole('region', { name: 'Как его будут звать' })).toBeVisible();

  await screen.getByText('Срочный').click();
  await screen.getByRole('button', { name: /^Вызвать/ }).click();

  await expect.poll(() => called).toEqual([12]);
  expect(created).toEqual([
    {
      incidentId: 9,
      assetId: 41,
      place: '41208-P, п. Лесной, 4',
      description: 'Нет питания на опоре',
      urgency: 'urgent',
      skillId: null,
      regionId: 5,
      contactId: null,
      passesOn: true,
      workKind: '',
      files: [],
    },
  ]);
});

test('one against whom something speaks is chosen knowingly, and the ladder is theirs', async () => {
  const { screen, created } = await openDialog();
  await expect.element(screen.getByText(/не дежурит, другой регион, умеет, вызовов 2 из 2/)).toBeVisible();

  await screen.getByRole('radio', { name: /Пётр Ильин/ }).click();
  await expect.element(screen.getByText('Лестница 8')).toBeVisible();
  await screen.getByLabelText('Место словами').fill('У переезда');
  await screen.getByLabelText('Что нужно сделать').fill('Проверить ввод');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.poll(() => created).toMatchObject([{ contactId: 8, place: 'У переезда' }]);
});

test('without words nobody is called, and the field says why', async () => {
  const { screen, created } = await openDialog();
  await expect.element(screen.getByRole('radio', { name: /Олег Самойлов/ })).toBeChecked();

  await screen.getByRole('button', { name: /^Вызвать/ }).click();

  await expect.element(screen.getByText(/техник увидит только это/)).toBeVisible();
  expect(created).toEqual([]);
});

test('when nobody fits it says so and waits for a choice', async () => {
  const { screen, created } = await openDialog({}, [petr]);
  await expect.element(screen.getByText(/Сам Пульт никого не выберет/)).toBeVisible();
  await screen.getByLabelText('Что нужно сделать').fill('Проверить ввод');
  await screen.getByRole('button', { name: /^Вызвать/ }).click();
  await expect.element(screen.getByText('Выберите, кого вызвать')).toBeVisible();
  expect(created).toEqual([]);

  await screen.getByRole('radio', { name: /Пётр Ильин/ }).click();
  await screen.getByRole('button', { name: /^Вызвать/ }).click();

  await expect.poll(() => created).toMatchObject([{ contactId: 8 }]);
});

test('an empty directory leads to itself', async () => {
  const { screen } = await openDialog({}, []);

  await expect.element(screen.getByText('В справочнике нет техников')).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Открыть справочник' })).toBeVisible();
});

test.each(['dark', 'light'] as const)('nobody is kept out of the dialog in the %s theme', async (scheme) => {
  const { screen } = await openDialog({ incident }, [oleg, petr], scheme);
  await expect.element(screen.getByText('41208-P')).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
