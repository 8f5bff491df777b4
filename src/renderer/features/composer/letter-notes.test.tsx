import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { LetterAbout } from '../../../shared/contract/templates.ts';
import { parseRoute } from '../../lib/router.ts';
import { LetterNotes } from './letter-notes.tsx';

async function show(about: Partial<LetterAbout>) {
  const nothing: LetterAbout = { origins: [], missing: null, unmet: [], statusStays: false, threads: [] };
  const page = createFakePage({ 'templates.about': () => ({ ...nothing, ...about }) });
  const screen = await render(
    <page.Page>
      <LetterNotes incidentId={7} templateKey="handover-emergency" />
    </page.Page>,
  );
  return { screen };
}

test('each address says whose it is', async () => {
  const { screen } = await show({
    origins: [{ address: 'crew@contractor.example', from: 'asset', of: '41208-P-52-1-1' }],
    threads: [{ party: 'emergency', addresses: ['crew@contractor.example'] }],
  });

  await expect
    .element(screen.getByText('crew@contractor.example — адрес объекта 41208-P-52-1-1'))
    .toBeVisible();
  await expect.element(screen.getByText('Уйдёт 1 письмом в своей переписке.')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

test('a missing address leads to where it is entered, and what is not done yet is told in words', async () => {
  const { screen } = await show({
    missing: { what: 'contractor', name: '41208-P-52-1-1', assetId: 3, contactId: null },
    unmet: ['category', 'type-sla'],
  });
  await expect
    .element(screen.getByText(/отметьте категорию работ, выберите тип, у которого есть срок/))
    .toBeVisible();

  await screen.getByRole('button', { name: 'Открыть объект' }).click();

  await expect.poll(() => parseRoute(location.hash)).toEqual({ page: 'assets', part: 'list', assetId: 3 });
});
