import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { QuarantineScreen } from './quarantine-screen.tsx';

async function openQuarantine(reason: string) {
  const row = {
    rawId: 3,
    accountId: 1,
    folder: 'inbox',
    uid: 7,
    receivedAt: 1_800_000_000_000,
    size: 2048,
    reason,
    head: 'Subject: =?broken',
    attempts: 1,
  };
  const page = createFakePage({
    'quarantine.list': () => ({ rows: [row] }),
    'accounts.list': () => ({ accounts: [] }),
  });
  return render(
    <page.Page>
      <QuarantineScreen onOpenIncident={() => undefined} />
    </page.Page>,
  );
}

test('a letter that broke the reader may be read again', async () => {
  const screen = await openQuarantine('parse-timeout');

  await expect.element(screen.getByRole('button', { name: 'Разобрать снова' })).toBeVisible();
});

test.each(['letter-too-large', 'letter-refused'])(
  'a letter kept by its headers alone (%s) becomes an incident, but is not read again',
  async (reason) => {
    const screen = await openQuarantine(reason);

    await expect.element(screen.getByRole('button', { name: 'Открыть инцидент' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Разобрать снова' }).elements()).toEqual([]);
  },
);
