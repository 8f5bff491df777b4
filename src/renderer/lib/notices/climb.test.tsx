import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { climbStep, nightClimb } from '../../../../test/support/sample-notices.ts';
import type { NotificationClimb } from '../../../shared/contract/notifications.ts';
import { Climb } from './climb.tsx';

async function show(climb: NotificationClimb, scheme: 'dark' | 'light' = 'dark') {
  const settled: object[] = [];
  const page = createFakePage(
    { 'notifications.settle': (input: object) => void settled.push(input) },
    scheme,
  );
  page.desk.shell.setState({ zone: 'Europe/Moscow' });
  const screen = await render(
    <page.Page>
      <div style={{ inlineSize: 640, padding: 12, background: 'var(--color-panel)' }}>
        <Climb climb={climb} />
      </div>
    </page.Page>,
  );
  return { screen, settled };
}

test('why he was called at 03:12 stands in a glance: the plan, the times, the service’s words and the reason', async () => {
  const { screen } = await show(nightClimb());
  const steps = screen.getByRole('list', { name: 'Шаги лестницы' }).getByRole('listitem');
  const [first, second, third] = [steps.nth(0), steps.nth(1), steps.nth(2)];

  await expect.poll(() => first.element().textContent).toMatch(/план: ждать «подтверждено» 5\sмин/);
  await expect.poll(() => first.element().textContent).toMatch(/ушло03:02:01.*прочитано03:03:00/);
  await expect
    .poll(() => first.element().textContent)
    .toMatch(/дошло, но за 5\sмин не подтвердил → дальше шаг 2 в 03:07:00/);
  await expect.poll(() => second.element().textContent).toMatch('550 5.1.1 no such user');
  await expect.poll(() => second.element().textContent).toMatch(/не ушло: .* → дальше шаг 3 в 03:12:00/);
  await expect.poll(() => third.element().textContent).toMatch('через «SMSAero»');
  await expect.poll(() => third.element().textContent).toMatch('6,40 ₽ · 2 части');
  await expect.poll(() => third.element().textContent).toMatch('delivered (1)');
  await expect.element(screen.getByText('принял, еду')).toBeVisible();
});

test('every try and every receipt is one press away, with the moment it was learnt', async () => {
  const { screen } = await show(nightClimb());

  await screen.getByText('1 попытка').first().click();

  await expect
    .poll(() => screen.getByRole('list', { name: 'Попытки' }).first().element().textContent)
    .toMatch('принято');
  await expect
    .poll(() => screen.getByRole('list', { name: 'Что сообщил сервис' }).first().element().textContent)
    .toMatch('узнали в 03:03:30');
});

test('an outcome nobody knows asks a person, and takes the answer', async () => {
  const climb = nightClimb({ state: 'climbing' });
  const unknown = climbStep({
    deliveryId: 9,
    state: 'unknown',
    dueAt: 1,
    sentAt: 2,
    end: 'unknown',
    errorCode: 'route-timeout',
  });
  const { screen, settled } = await show({ ...climb, steps: [unknown], answers: [] });

  await expect.element(screen.getByText('неизвестно, ушло ли; второй раз не отправляется')).toBeVisible();
  await screen.getByRole('button', { name: 'Не дошло' }).click();

  await expect.poll(() => settled).toEqual([{ deliveryId: 9, arrived: false }]);
});

test('what was passed on names the next one; nobody left says the dispatcher was alarmed', async () => {
  const climb = nightClimb({ state: 'not-reached', acknowledgedAt: null });
  const last = climbStep({
    deliveryId: 1,
    state: 'accepted',
    dueAt: 1,
    sentAt: 1,
    acceptedAt: 2,
    end: 'no-receipt',
    endAt: 9,
  });
  const next = { id: 42, party: { kind: 'contact', id: 6, name: 'Борис Зуев' }, state: 'climbing' } as const;
  const alone = await show({ ...climb, steps: [last], answers: [] });
  await expect.element(alone.screen.getByText(/больше шагов нет, тревога диспетчеру/)).toBeVisible();
  await alone.screen.unmount();

  const passed = await show({ ...climb, steps: [last], answers: [], chain: [...climb.chain, next] });

  await expect.element(passed.screen.getByText(/передано: Борис Зуев/)).toBeVisible();
});

test('words from outside cannot turn the line round or bring markup', async () => {
  const climb = nightClimb();
  const [first] = climb.steps;
  const hostile = climbStep({
    ...first,
    providerStatus: '<b>ok</b>\u202egpj.exe',
    attempts: [],
    receipts: [],
  });
  const { screen } = await show({ ...climb, steps: [hostile] });

  await expect.element(screen.getByText('<b>ok</b>gpj.exe')).toBeVisible();
});

test.each(['dark', 'light'] as const)('keeps nobody out in the %s theme', async (scheme) => {
  const { screen } = await show(nightClimb(), scheme);
  await screen.getByText('1 попытка').first().click();

  expect(await findBarriers()).toEqual([]);
});
