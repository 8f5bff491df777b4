import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { NoticeRequest } from '../../lib/notice-request.ts';
import { ComposeDialog } from './compose-dialog.tsx';

const oleg = { kind: 'contact', id: 5, name: 'Олег Самойлов', detail: 'техник' };
const crew = {
  id: 2,
  name: 'Бригада Север',
  active: true,
  members: [
    { kind: 'contact', id: 5, name: 'Олег Самойлов' },
    { kind: 'contact', id: 6, name: 'Борис Зуев' },
  ],
};
const step = {
  channel: 'sms',
  address: '',
  waitFor: 'delivered',
  waitSeconds: 300,
  retries: 0,
  to: '+79005550102',
  toName: '',
  route: 'SMSAero',
  furtherRoutes: 0,
  problem: null,
  neverTold: false,
};

async function open(request: NoticeRequest = {}, scheme: 'dark' | 'light' = 'dark') {
  const sent: object[] = [];
  const rendered: object[] = [];
  let closed = 0;
  const page = createFakePage(
    {
      'ladders.groups': () => ({ groups: [crew, { ...crew, id: 3, name: 'Старая', active: false }] }),
      'ladders.parties': () => ({ parties: [oleg] }),
      'ladders.preview': ({ to }: { readonly to: readonly { readonly id: number }[] }) => ({
        parties: to.map(({ id }) => ({
          party: { kind: 'contact', id },
          name: id === 5 ? 'Олег Самойлов' : 'Борис Зуев',
          steps: [step],
          repeatMinutes: null,
          mostRounds: 1,
          nextName: null,
          heldUntil: null,
        })),
      }),
      'notifications.templates': () => ({
        templates: [{ id: 3, key: null, name: 'Авария', title: '{{code}}', text: 'Нет питания' }],
      }),
      'notifications.render': (input: object) => {
        rendered.push(input);
        return { title: 'PLT-1042', text: 'Нет питания на КА0412', unknown: ['deadline'] };
      },
      'notifications.compose': (input: object) => {
        sent.push(input);
        return { ids: [1, 2] };
      },
      'links.find': () => ({ incidents: [] }),
    },
    scheme,
  );
  const screen = await render(
    <page.Page>
      <ComposeDialog request={request} onClose={() => (closed += 1)} />
    </page.Page>,
  );
  return { screen, sent, rendered, closed: () => closed };
}

const incident = { id: 7, code: 'PLT-1042', title: 'Нет питания' };

test('somebody and a group are told once each, with the ladder shown before it is sent', async () => {
  const { screen, sent, closed } = await open({ incident });
  await screen.getByRole('combobox', { name: 'Кому' }).fill('олег');
  await screen.getByRole('option', { name: /Олег Самойлов/ }).click();
  await expect.element(screen.getByText('Telegram', { exact: true })).not.toBeInTheDocument();
  await expect.element(screen.getByText('SMS → +79005550102')).toBeVisible();

  await screen.getByRole('combobox', { name: 'Группа' }).click();
  await screen.getByRole('option', { name: /Бригада Север/ }).click();
  await screen.getByLabelText('Текст').fill('Выезжайте');
  await screen.getByText('Критичное').click();
  await screen.getByRole('button', { name: 'Оповестить 2 человек' }).click();

  await expect
    .poll(() => sent)
    .toEqual([
      {
        to: [{ kind: 'contact', id: 5 }],
        groupIds: [2],
        urgency: 'critical',
        title: 'PLT-1042 Нет питания',
        text: 'Выезжайте',
        asks: true,
        files: [],
        incidentId: 7,
      },
    ]);
  expect(closed()).toBe(1);
});

test('nobody and no words are said at once, and the hand goes to what is missing', async () => {
  const { screen, sent } = await open();

  await screen.getByRole('button', { name: 'Оповестить', exact: true }).click();

  await expect.element(screen.getByText('Выберите, кого оповестить', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('Введите текст')).toBeVisible();
  await expect.element(screen.getByLabelText('Текст')).toHaveFocus();
  expect(sent).toEqual([]);
});

test('a template is filled by the incident and names what stayed empty', async () => {
  const { screen, rendered } = await open({ incident });
  await screen.getByRole('combobox', { name: 'Шаблон' }).click();
  await screen.getByRole('option', { name: 'Авария' }).click();

  await expect.element(screen.getByLabelText('Текст')).toHaveValue('Нет питания на КА0412');
  await expect.element(screen.getByText(/незаполненные места: deadline/)).toBeVisible();
  expect(rendered).toEqual([{ templateId: 3, incidentId: 7 }]);
});

test('the parts an SMS would take are counted while it is written', async () => {
  const { screen } = await open();
  await screen.getByLabelText('Текст').fill('а'.repeat(71));

  await expect.element(screen.getByText(/SMS: 2 части.*кириллица/)).toBeVisible();
});

test('Ctrl and Enter sends from anywhere in the form', async () => {
  const { screen, sent } = await open({ incident });
  await screen.getByRole('combobox', { name: 'Кому' }).fill('олег');
  await screen.getByRole('option', { name: /Олег Самойлов/ }).click();
  await screen.getByLabelText('Текст').fill('Выезжайте');

  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.poll(() => sent).toHaveLength(1);
});

test.each(['dark', 'light'] as const)('keeps nobody out in the %s theme', async (scheme) => {
  const { screen } = await open({ incident }, scheme);
  await screen.getByRole('combobox', { name: 'Кому' }).fill('олег');
  await screen.getByRole('option', { name: /Олег Самойлов/ }).click();
  await expect.element(screen.getByText('SMS → +79005550102')).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
