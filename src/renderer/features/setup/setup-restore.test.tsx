import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { SetupRestore } from './setup-restore.tsx';

const set = {
  name: 'pult-20260304T051240-move',
  path: '/mnt/stick/pult-1/sets/pult-20260304T051240-move',
  madeAt: Date.UTC(2026, 2, 4, 5, 12, 40),
  reason: 'move',
  codePrefix: 'PLT',
  pult: '0.1.0',
  own: false,
  bytes: 1000,
  files: 1,
  missing: 0,
  recovery: true,
};

test('an empty desk finds the backups of a folder and becomes the one chosen', async () => {
  const restored: object[] = [];
  const page = createFakePage({
    'setup.findSets': ({ path }: { readonly path: string }) => {
      if (path === '/mnt/stick') return { sets: [set] };
      throw new AppError('not-found', { details: { reason: 'backup-set' } });
    },
    'setup.restoreSet': (input: object) => {
      restored.push(input);
      return {};
    },
  });
  const screen = await render(
    <page.Page>
      <SetupRestore onBack={() => undefined} />
    </page.Page>,
  );
  const path = screen.getByRole('textbox', { name: 'Папка с копией' });
  await path.fill('/mnt/nothing');
  await screen.getByRole('button', { name: 'Найти копии' }).click();
  await expect.element(screen.getByText('По этому пути полных копий нет.')).toBeVisible();

  await path.fill('/mnt/stick');
  await screen.getByRole('button', { name: 'Найти копии' }).click();
  await expect.element(screen.getByText(/Затем введите ключ восстановления/)).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  await screen.getByRole('button', { name: 'Восстановить', exact: true }).click();
  expect(restored).toEqual([{ path: set.path }]);
});
