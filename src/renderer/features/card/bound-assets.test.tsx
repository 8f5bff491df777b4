import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakeAssets, incidentAsset } from '../../../../test/support/fake-assets.ts';
import { makeRow } from '../../../../test/support/fake-desk.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { IncidentAsset } from '../../../shared/contract/assets.ts';
import { BoundAssets } from './bound-assets.tsx';
import type { CardData } from './card-state.ts';
import { Facts } from './facts.tsx';
import { useLifeActions } from './life/use-life-actions.ts';
import { useIncidentActions } from './use-incident-actions.ts';

const card: CardData = {
  row: makeRow({ id: 42, code: 'PLT-1042', asset: '' }),
  description: '',
  applicantName: '',
  applicantAddress: '',
  applicantPhone: '',
  coordinates: null,
  categoryIds: [],
  nextStatusIds: [],
  accountId: null,
};

function Head() {
  const actions = useIncidentActions(card, () => undefined);
  const lifeActions = useLifeActions(card, () => undefined);
  return (
    <>
      <Facts data={card} actions={actions} life={undefined} lifeActions={lifeActions} />
      <BoundAssets incidentId={42} code="PLT-1042" />
    </>
  );
}

async function openCard(assets: readonly IncidentAsset[], scheme: 'dark' | 'light' = 'dark') {
  const fake = createFakeAssets();
  fake.bound.push(...assets);
  const edits: unknown[] = [];
  const undone: number[] = [];
  const desk = createFakePage(
    {
      ...fake.answers,
      'incidents.edit': (input: object) => {
        edits.push(input);
        return { undo: 5 };
      },
      'incidents.undo': ({ sequence }: { readonly sequence: number }) => {
        undone.push(sequence);
        return { undo: null, refused: [] };
      },
    },
    scheme,
  );
  await render(
    <desk.Page>
      <div style={{ inlineSize: 640 }}>
        <Head />
      </div>
    </desk.Page>,
  );
  const asked = (name: string) => fake.asked.filter((one) => one.name === name).map(({ input }) => input);
  return { fake, desk, edits, undone, asked };
}

const bound = incidentAsset({ state: 'bound', confidence: 95 });

test('a bound asset brings its operator, region and contractor, and leads to its card', async () => {
  await openCard([bound]);
  const list = page.getByRole('list', { name: 'Привязанные объекты' });

  await expect.element(list.getByText(/Станция · Т2 · Свердловская область · Бригада Север/)).toBeVisible();
  await expect.element(list.getByRole('link', { name: 'KA0412' })).toHaveAttribute('href', '#/assets/412');
});

test('a suggestion says in words where it was read, what it is and how sure that is', async () => {
  await openCard([incidentAsset()]);
  const offers = page.getByRole('list', { name: 'Возможные объекты' });

  await expect
    .element(offers.getByText('«KA0412» в теме: номер станции оператора Т2 на опоре 41208-P-52-1-1'))
    .toBeVisible();
  await expect.element(offers.getByText('вероятно')).toBeVisible();
  expect(offers.element().textContent).not.toContain('60');
});

test.each([
  [{ rule: 'number-pole', place: 'body' }, /в тексте письма: .*на опоре 41208-P-52-1-1; опора названа рядом/],
  [{ rule: 'number-operator', place: 'thread' }, /в прежних письмах: .*; оператора выдаёт адрес отправителя/],
  [{ rule: 'code-start', place: 'subject' }, /начало кода опоры, других с таким началом нет/],
  [{ rule: 'alias', place: 'subject' }, /другое имя объекта KA0412/],
  [{ rule: 'code', place: 'subject' }, /код станции/],
] as const)('each way of finding has its words: %o', async (evidence, words) => {
  await openCard([incidentAsset({ evidence: { ...evidence, words: 'KA0412' } })]);

  await expect.element(page.getByText(words)).toBeVisible();
});

test('one key takes the first suggestion, another refuses it, and both can be taken back', async () => {
  const other = incidentAsset({ assetId: 413, code: 'KA0413', confidence: 20 });
  const { asked, undone } = await openCard([incidentAsset(), other]);
  await expect.element(page.getByText('возможно')).toBeVisible();

  await userEvent.keyboard('y');
  await expect.poll(() => asked('bind')).toEqual([{ incidentId: 42, assetId: 412 }]);
  await expect.element(page.getByText('PLT-1042: привязан KA0412')).toBeVisible();
  await page
    .getByRole('button', { name: /^Отменить/ })
    .first()
    .click();
  await expect.poll(() => undone).toEqual([71]);

  await userEvent.keyboard('{Shift>}Y{/Shift}');
  await expect.poll(() => asked('unbind')).toEqual([{ incidentId: 42, assetId: 412 }]);
  await page.getByRole('button', { name: 'Не он KA0413' }).click();
  await expect.poll(() => asked('unbind')[1]).toEqual({ incidentId: 42, assetId: 413 });
});

test('an asset is bound by a piece of its code, from the keyboard', async () => {
  const { asked } = await openCard([]);
  await userEvent.keyboard('o');
  await expect.element(page.getByRole('combobox', { name: 'Код или название объекта' })).toHaveFocus();
  await userEvent.keyboard('000001');
  await expect.element(page.getByRole('option', { name: /41208-P-52-000001/ })).toBeVisible();
  await userEvent.keyboard('{Enter}');

  await expect.poll(() => asked('bind')).toEqual([{ incidentId: 42, assetId: 2 }]);
  await expect.element(page.getByRole('combobox')).not.toBeInTheDocument();
});

test('a code that is not there is refused with the nearest ones, and none of them is taken by itself', async () => {
  const { asked } = await openCard([]);
  await userEvent.keyboard('o');
  await page.getByRole('combobox').fill('KAO412');
  await expect.element(page.getByText('Объекта «KAO412» нет. Ближайшие:')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(asked('bind')).toEqual([]);

  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => asked('bind')).toEqual([{ incidentId: 42, assetId: 3 }]);
});

test('what no registry knows may stay as words', async () => {
  const { asked, edits } = await openCard([]);
  await userEvent.keyboard('o');
  await page.getByRole('combobox').fill('?склад');
  await expect.element(page.getByText('Объекта «?склад» нет, и похожих тоже.')).toBeVisible();
  await page.getByRole('button', { name: 'Оставить текстом «?склад»' }).click();

  await expect.poll(() => edits).toMatchObject([{ id: 42, asset: '?склад' }]);
  expect(asked('bind')).toEqual([]);
});

test('untying can be taken back', async () => {
  const { asked, undone } = await openCard([bound]);
  await page.getByRole('button', { name: 'Отвязать KA0412' }).click();
  await expect.poll(() => asked('unbind')).toEqual([{ incidentId: 42, assetId: 412 }]);
  await page.getByRole('button', { name: /^Отменить/ }).click();

  await expect.poll(() => undone).toEqual([72]);
});

test.each(['dark', 'light'] as const)('nobody is kept out of it in the %s theme', async (scheme) => {
  await openCard([bound, incidentAsset({ assetId: 5, code: 'KA0500' })], scheme);
  await expect.element(page.getByRole('list', { name: 'Возможные объекты' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await userEvent.keyboard('o');
  await page.getByRole('combobox').fill('KAO412');
  await expect.element(page.getByRole('listbox')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
