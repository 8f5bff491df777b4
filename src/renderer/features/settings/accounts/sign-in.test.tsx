import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { SignInView } from '../../../../shared/contract/oauth.ts';
import { SignInPanel } from './sign-in-panel.tsx';

const microsoft = { provider: 'microsoft', required: true, codes: true } as const;

async function open(over: Partial<SignInView> = {}, begin?: () => never) {
  let view: SignInView = {
    id: 's1',
    provider: 'microsoft',
    flow: 'code',
    state: 'waiting',
    url: 'https://login.example/device',
    userCode: 'KDRQ-7WXP',
    expiresAt: Date.now() + 900_000,
    reason: null,
    ...over,
  };
  const cancelled: string[] = [];
  const page = createFakePage({
    'oauth.begin': begin ?? (() => ({ signIn: view })),
    'oauth.state': () => ({ signIn: view }),
    'oauth.cancel': ({ id }: { id: string }) => {
      cancelled.push(id);
      return {};
    },
  });
  const onDone = vi.fn<(id: string) => void>();
  const screen = await render(
    <page.Page>
      <SignInPanel
        oauth={microsoft}
        accountId={null}
        address="desk@towers.example"
        isSignedIn={false}
        onDone={onDone}
      />
    </page.Page>,
  );
  const become = (change: Partial<SignInView>) => {
    view = { ...view, ...change };
  };
  return { screen, onDone, cancelled, become };
}

test('the code stands large with the time that is left, and the end is noticed by itself', async () => {
  const { screen, onDone, cancelled, become } = await open();
  await screen.getByRole('button', { name: 'Войти по коду на другом устройстве' }).click();

  await expect.element(screen.getByText('KDRQ-7WXP')).toBeVisible();
  await expect.element(screen.getByText(/Осталось 1[45]:/)).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  become({ state: 'done' });

  await expect.poll(() => onDone.mock.calls).toEqual([['s1']]);
  await screen.unmount();
  expect(cancelled).toEqual([]);
});

test('leaving the page gives up what waits', async () => {
  const { screen, cancelled } = await open();
  await screen.getByRole('button', { name: 'Войти через Microsoft' }).click();
  await expect.element(screen.getByText('KDRQ-7WXP')).toBeVisible();

  await screen.unmount();

  await expect.poll(() => cancelled).toEqual(['s1']);
});

test('a refusal says what to do, and the way in stays', async () => {
  const { screen, become } = await open();
  await screen.getByRole('button', { name: 'Войти через Microsoft' }).click();
  become({ state: 'failed', reason: 'sign-in-refused' });

  await expect.element(screen.getByText(/В доступе отказано/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Войти через Microsoft' })).toBeEnabled();
});
