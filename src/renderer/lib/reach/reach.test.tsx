import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { AddressState, NamedLadder } from '../../../shared/contract/ladders.ts';
import { AddressMark } from './address-mark.tsx';
import { ReachOfSomebody } from './reach-dialog.tsx';

afterEach(() => cleanup());

const owner = { kind: 'contact', id: 7 } as const;
const value = '+7 900 555-01-12';
const untold: AddressState = {
  kind: 'phone',
  value,
  verifiedAt: null,
  deadAt: null,
  deadBecause: null,
  codeUntil: null,
};

async function openMark(
  first: Partial<AddressState>,
  outcomes: readonly object[] = [],
  scheme: 'dark' | 'light' = 'dark',
) {
  const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  let state: AddressState = { ...untold, ...first };
  const left = [...outcomes];
  const submits: string[] = [];
  const fake = createFakePage(
    {
      'ladders.addressStates': () => ({ states: [state] }),
      'ladders.sendCode': (input: Record<string, unknown>) => {
        asked.push({ name: 'sendCode', input });
        const codeUntil = Date.now() + 900_000;
        state = { ...state, codeUntil };
        fake.tell('route');
        return { codeUntil };
      },
      'ladders.confirmCode': (input: Record<string, unknown>) => {
        asked.push({ name: 'confirmCode', input });
        return left.shift();
      },
      'ladders.setDead': (input: Record<string, unknown>) => {
        asked.push({ name: 'setDead', input });
        return { undo: 3 };
      },
    },
    scheme,
  );
  await render(
    <fake.Page>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submits.push('form');
        }}
      >
        <AddressMark owner={owner} kind="phone" value={value} />
      </form>
    </fake.Page>,
  );
  return { asked, submits };
}

const mark = () => page.getByRole('button', { name: new RegExp(`Адрес \\${value}`) });

test('what is known of an address is said in shape and words', async () => {
  await openMark({ verifiedAt: Date.now() });
  await expect.element(page.getByRole('button', { name: /проверка и состояние\. проверен/ })).toBeVisible();
  await expect.element(page.getByText('✓')).toBeVisible();
});

test('a dead address says why, and lives again by a button', async () => {
  const { asked } = await openMark({ deadAt: 5, deadBecause: 'absent subscriber' });
  await mark().click();
  await expect.element(page.getByText('не работает: absent subscriber')).toBeVisible();
  await page.getByRole('button', { name: 'Снова работает' }).click();
  await expect
    .poll(() => asked)
    .toEqual([{ name: 'setDead', input: { address: { kind: 'phone', value }, dead: false } }]);
});

test('a code is sent, a wrong one costs a try, the right one verifies; the form around is not sent', async () => {
  const { asked, submits } = await openMark({}, [
    { outcome: 'wrong', triesLeft: 3 },
    { outcome: 'verified', triesLeft: 3 },
  ]);
  await mark().click();
  await page.getByRole('button', { name: 'Проверить адрес', exact: true }).click();
  await page.getByLabelText('Код от человека').fill('111111');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Код не тот. Осталось 3 попытки.')).toBeVisible();

  await page.getByLabelText('Код от человека').fill('123456');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Адрес проверен')).toBeVisible();
  expect(asked.map(({ name }) => name)).toEqual(['sendCode', 'confirmCode', 'confirmCode']);
  expect(asked.at(-1)?.input).toEqual({ address: { kind: 'phone', value }, code: '123456' });
  expect(submits).toEqual([]);
});

test.each(['dark', 'light'] as const)('nobody is kept out of a check in the %s theme', async (scheme) => {
  await openMark({ codeUntil: Date.now() + 900_000 }, [], scheme);
  await mark().click();
  await expect.element(page.getByLabelText('Код от человека')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

const ladder: NamedLadder = {
  urgency: 'normal',
  steps: [{ channel: 'sms', address: '', waitFor: 'delivered', waitSeconds: 60, retries: 0 }],
  repeatMinutes: null,
  mostRounds: 1,
  next: null,
  nextName: null,
};

async function openDialog(scheme: 'dark' | 'light' = 'dark') {
  const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  const note = (name: string) => (input: Record<string, unknown>) => {
    asked.push({ name, input });
    return { undo: 5 };
  };
  const fake = createFakePage(
    {
      'ladders.of': () => ({
        ladders: [{ ...ladder, urgency: 'urgent' }],
        defaults: [ladder, { ...ladder, urgency: 'urgent' }, { ...ladder, urgency: 'critical' }],
        limit: { quietFrom: null, quietTo: null, zone: '', hourlyLimit: null },
        addresses: [untold],
        receipts: { sms: ['accepted', 'delivered'] },
      }),
      'ladders.preview': () => ({ parties: [] }),
      'ladders.groups': () => ({ groups: [] }),
      'ladders.save': note('save'),
      'ladders.remove': note('remove'),
      'ladders.saveLimit': note('saveLimit'),
    },
    scheme,
  );
  await render(
    <fake.Page>
      <ReachOfSomebody owner={owner} name="Павлов" />
    </fake.Page>,
  );
  await page.getByRole('button', { name: 'Лестницы и тихие часы' }).click();
  return asked;
}

test('an own ladder goes to the address that was chosen, and can be given up', async () => {
  const asked = await openDialog();
  await expect.element(page.getByText('Общая лестница: своей нет')).toBeVisible();
  await page.getByRole('button', { name: 'Сделать свою' }).click();
  await page.getByRole('combobox', { name: 'Шаг 1: Адрес' }).click();
  await page.getByRole('option', { name: value }).click();
  await page.getByRole('button', { name: 'Сохранить лестницу' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toMatchObject({
      name: 'save',
      input: { owner, ladder: { steps: [{ channel: 'sms', address: value }] } },
    });

  await page.getByText('Срочное · своя').click();
  await page.getByRole('button', { name: 'Вернуть общую' }).click();
  await expect.poll(() => asked.at(-1)).toEqual({ name: 'remove', input: { owner, urgency: 'urgent' } });
});

test('quiet hours and the limit of an hour are saved as minutes and numbers', async () => {
  const asked = await openDialog();
  const quiet = page.getByRole('switch', { name: /^Тихие часы/ });
  await expect.element(quiet).toBeInTheDocument();
  (quiet.element() as HTMLElement).click();
  await page.getByLabelText('С', { exact: true }).fill('23:30');
  await page.getByLabelText('Не больше в час').fill('0');
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect.element(page.getByText('Число от 1 до 1000')).toBeVisible();
  await page.getByLabelText('Не больше в час').fill('6');
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect
    .poll(() => asked.at(-1))
    .toEqual({
      name: 'saveLimit',
      input: { owner, limit: { quietFrom: 1410, quietTo: 420, zone: '', hourlyLimit: 6 } },
    });
});

test.each(['dark', 'light'] as const)(
  'nobody is kept out of an own ladder in the %s theme',
  async (scheme) => {
    await openDialog(scheme);
    await page.getByRole('button', { name: 'Сделать свою' }).click();
    expect(await findBarriers()).toEqual([]);
  },
);
