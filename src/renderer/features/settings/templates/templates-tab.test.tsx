import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { Template } from '../../../../shared/contract/templates.ts';
import { TemplatesTab } from './templates-tab.tsx';

const blank: Template = {
  id: 1,
  key: 'accepted',
  name: 'Заявка принята',
  nameEn: 'Accepted',
  subject: '{{title}}',
  body: 'Номер {{code}}',
  position: 0,
  audience: 'applicant',
  thread: 'first',
  requires: [],
  duringStatusId: null,
  afterStatusId: null,
  failedStatusId: null,
  beginsWork: '',
  beginsFrom: 'now',
  endsWorks: false,
  armsAutoClose: false,
  automatic: false,
};
const handover: Template = {
  ...blank,
  id: 2,
  key: 'handover-emergency',
  name: 'Передать подрядчику АВР',
  nameEn: 'Hand over',
  audience: 'emergency',
  thread: 'own',
  requires: ['asset'],
  position: 1,
};

async function open() {
  const saved: { body: string; requires: string[] }[] = [];
  const ordered: number[][] = [];
  const previewed: string[] = [];
  const page = createFakePage({
    'clocks.lists': () => ({ rules: [], calendars: [], days: [], regions: [] }),
    'templates.facts': ({ code }: { code: string }) => ({
      incident: code === '99' ? null : { id: 7, code: 'PLT-1007', title: 'Нет питания' },
      facts: [
        { key: 'code', label: null, value: 'PLT-1007' },
        { key: 'dueAt_repair', label: 'РВР', value: '' },
      ],
    }),
    'templates.preview': ({ body, subject }: { body: string; subject: string }) => {
      previewed.push(body);
      return {
        subject: `PLT-1007: ${subject}`,
        body: body.replaceAll('{{code}}', 'PLT-1007'),
        to: [{ name: '', address: 'noc@operator.example' }],
        cc: [],
        unknown: body.includes('{{wrong}}') ? ['wrong'] : [],
      };
    },
    'templates.save': (input: (typeof saved)[number]) => {
      saved.push(input);
      return { id: 1, undo: null };
    },
    'templates.order': ({ ids }: { ids: number[] }) => {
      ordered.push(ids);
      return {};
    },
  });
  page.desk.reference.setState({ templates: [blank, handover] });
  const screen = await render(
    <page.Page>
      <TemplatesTab />
    </page.Page>,
  );
  return { screen, saved, ordered, previewed };
}

test('the letter is shown with the facts of an incident as it is typed, and a name nobody knows is marked', async () => {
  const { screen } = await open();
  await expect.element(screen.getByText('Номер PLT-1007')).toBeVisible();
  await expect.element(screen.getByText('→ noc@operator.example')).toBeVisible();

  await screen.getByLabelText('Текст', { exact: true }).fill('Код {{wrong}}');

  await expect.element(screen.getByText(/Такого факта нет: wrong/)).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

test('a fact goes where the cursor stands, the clock of a work by its own name', async () => {
  const { screen, saved } = await open();
  const body = screen.getByLabelText('Текст', { exact: true });
  await body.fill('Срок: .');
  const area = body.element() as HTMLTextAreaElement;
  area.setSelectionRange(6, 6);

  await screen.getByRole('button', { name: 'Вставить срок: РВР' }).click();
  await screen.getByRole('button', { name: 'Сохранить' }).click();

  await expect.poll(() => saved[0]?.body).toBe('Срок: {{dueAt_repair}}.');
});

test('what a letter waits for is ticked, and templates change places', async () => {
  const { screen, saved, ordered } = await open();
  await screen.getByRole('button', { name: /^Передать подрядчику АВР/ }).click();
  await screen.getByRole('checkbox', { name: 'приоритет РВР' }).click();
  await screen.getByRole('button', { name: 'Сохранить' }).click();
  await expect.poll(() => saved[0]?.requires).toEqual(['asset', 'repair-priority']);

  await screen.getByRole('button', { name: 'Выше: Передать подрядчику АВР' }).click();

  await expect.poll(() => ordered).toEqual([[2, 1]]);
});
