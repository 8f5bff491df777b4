import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../test/support/fake-page.tsx';
import type { ShellDescription } from './shell-store.ts';
import { usePageTitle } from './use-page-title.ts';

function Title({ count }: { readonly count: number }) {
  usePageTitle(count);
  return null;
}

async function open(demo: boolean, count: number) {
  const { desk, Page } = createFakePage({});
  desk.shell.setState({ description: { demo } as ShellDescription });
  await render(
    <Page>
      <Title count={count} />
    </Page>,
  );
}

test('the name of the window says that the desk is a lesson, and how many alarms wait', async () => {
  await open(true, 0);
  expect(document.title).toBe('Пульт: учебная смена');

  await open(true, 3);
  expect(document.title).toBe('(3) Пульт: учебная смена');
});

test('the real desk is called by its own name', async () => {
  await open(false, 2);

  expect(document.title).toBe('(2) Пульт');
});
