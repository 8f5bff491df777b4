import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { KeepingSettings } from '../../../../shared/contract/keeping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { AlertsTab } from './alerts-tab.tsx';
import { FullBackups } from './full-backups.tsx';
import { ListsFileTab } from './lists-file-tab.tsx';
import { MovingTab } from './moving-tab.tsx';
import { RecoveryTab } from './recovery-tab.tsx';
import { RetentionTab } from './retention-tab.tsx';
import { SupportTab } from './support-tab.tsx';

const settings: KeepingSettings = {
  backupDirectory: '/mnt/copies',
  fullEveryHours: 24,
  keepDays: 7,
  keepWeeks: 4,
  attachmentDays: null,
  letterDays: null,
  textDays: null,
  asideDays: 30,
  alertEmails: ['admin@towers.example'],
  alertChatId: null,
  alertKinds: ['disk-low'],
  deadMinutes: 15,
};
const set = {
  name: 'pult-20260304T051240-full',
  path: '/mnt/copies/pult-1/sets/pult-20260304T051240-full',
  madeAt: Date.UTC(2026, 2, 4, 5, 12, 40),
  reason: 'full',
  codePrefix: 'PLT',
  pult: '0.1.0',
  own: true,
  bytes: 1_000_000,
  files: 12,
  missing: 0,
  recovery: true,
};
const key = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789';

type Answers = Parameters<typeof createFakePage>[0];

async function show(children: ReactNode, answers: Answers = {}) {
  const page = createFakePage({
    'keeping.settings': () => ({ settings, restingSince: null, dataDir: '/data', onSameDisk: true }),
    'keeping.sets': () => ({ sets: [set] }),
    'keeping.work': () => undefined,
    'keeping.recovery': () => ({ locked: false, madeAt: null, store: 'system' }),
    'keeping.alerts': () => ({ alerts: [], failure: 'no-mailbox' }),
    'chats.list': () => ({ total: 0, unread: 0, chats: [], folders: [] }),
    ...answers,
  });
  return render(<page.Page>{children}</page.Page>);
}

test('a backup is checked from the table, and the verdict stands in words', async () => {
  const asked: object[] = [];
  const screen = await show(<FullBackups />, {
    'keeping.checkSet': (input: object) => {
      asked.push(input);
      return { ok: false, reason: 'backup-files-missing', files: 12, missing: 2, damaged: 1 };
    },
  });
  await expect.element(screen.getByText(/на том же диске/)).toBeVisible();
  await screen.getByRole('checkbox', { name: 'Прочитать каждый файл' }).click();
  await screen.getByRole('button', { name: /^Проверить: / }).click();

  await expect.element(screen.getByText(/не хватает файлов — 2, повреждено — 1/)).toBeVisible();
  expect(asked).toEqual([{ path: set.path, deep: true }]);
  expect(await findBarriers()).toEqual([]);
});

test('work under way is shown with how far it has come, and can be stopped', async () => {
  const cancel = vi.fn(() => ({}));
  const screen = await show(<FullBackups />, {
    'keeping.work': (_input: never, tell: (event: unknown) => void) =>
      tell({ work: { what: 'full', phase: 'files', done: 40, total: 90 } }),
    'keeping.cancel': cancel,
  });
  await expect.element(screen.getByText('Полная копия: файлы: 40 из 90')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Сделать полную копию' })).toBeDisabled();
  await screen.getByRole('button', { name: 'Прервать' }).click();
  expect(cancel).toHaveBeenCalledOnce();
});

test('a restore says what will happen, and Enter alone does not begin it', async () => {
  const restored: object[] = [];
  const screen = await show(<FullBackups />, {
    'keeping.restoreSet': (input: object) => {
      restored.push(input);
      return {};
    },
  });
  await screen.getByRole('button', { name: /^Восстановить: / }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog.getByText(/понадобится ключ восстановления/)).toBeVisible();
  await expect.element(dialog.getByRole('button', { name: 'Восстановить' })).not.toHaveFocus();
  expect(await findBarriers()).toEqual([]);
  await dialog.getByRole('button', { name: 'Восстановить', exact: true }).click();
  expect(restored).toEqual([{ path: set.path }]);
});

test('the recovery key is shown once and asked for before it counts', async () => {
  const confirmed: object[] = [];
  const screen = await show(<RecoveryTab />, {
    'keeping.beginRecovery': () => ({ key, ask: [1, 6] }),
    'keeping.confirmRecovery': (input: object) => {
      confirmed.push(input);
      return {};
    },
  });
  await expect.element(screen.getByText(/Ключа восстановления нет/)).toBeVisible();
  await screen.getByRole('button', { name: 'Сделать ключ' }).click();
  await expect.element(screen.getByText(key)).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await screen.getByRole('button', { name: 'Записано, дальше' }).click();
  await expect.element(screen.getByText(key)).not.toBeInTheDocument();
  await screen.getByLabelText('Группа 2').fill('efgh');
  await screen.getByLabelText('Группа 7').fill('2345');
  await screen.getByRole('button', { name: 'Готово' }).click();
  await expect.poll(() => confirmed).toEqual([{ groups: ['efgh', '2345'] }]);
});

test('a locked desk asks for the key, and after a wrong one the next try visibly waits', async () => {
  const screen = await show(<RecoveryTab />, {
    'keeping.recovery': () => ({ locked: true, madeAt: 1, store: 'file' }),
    'keeping.unlock': () => {
      throw new AppError('denied', { details: { reason: 'recovery-key-wrong', seconds: 2 } });
    },
  });
  await screen.getByRole('textbox', { name: 'Ключ восстановления' }).fill(key);
  await screen.getByRole('button', { name: 'Открыть' }).click();
  await expect.element(screen.getByText(/не от этого Пульта/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /Следующая попытка через/ })).toBeDisabled();
  await expect.element(screen.getByRole('button', { name: 'Открыть' })).toBeEnabled();
  expect(await findBarriers()).toEqual([]);
});

test('what would be removed is counted first and asked about with its numbers', async () => {
  const counts = { incidents: 3, attachments: 7, letters: 0, texts: 40, notes: 2, bytes: 2048, leftovers: 1 };
  const run = vi.fn(() => counts);
  const screen = await show(<RetentionTab />, {
    'keeping.previewRetention': () => counts,
    'keeping.runRetention': run,
  });
  await screen.getByRole('button', { name: 'Посчитать' }).click();
  await expect.element(screen.getByText(/вложений 7.*сообщений 40, заметок 2/)).toBeVisible();
  await screen.getByRole('button', { name: 'Удалить сейчас' }).click();
  await expect.element(screen.getByRole('dialog').getByText(/Вложений: 7/)).toBeVisible();
  expect(run).not.toHaveBeenCalled();
  await screen.getByRole('dialog').getByRole('button', { name: 'Удалить сейчас' }).click();
  await expect.poll(() => run.mock.calls.length).toBe(1);
  expect(await findBarriers()).toEqual([]);
});

test('too short a time of keeping is not taken', async () => {
  const screen = await show(<RetentionTab />);
  await screen.getByRole('switch', { name: 'Удалять вложения закрытых инцидентов' }).click();
  await screen.getByLabelText('Через, дней после закрытия').fill('5');
  await expect.element(screen.getByText('Целое число от 30 до 3650')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Сохранить' })).toBeDisabled();
});

test('a desk at rest says so and is woken only after a warning', async () => {
  const wake = vi.fn(() => ({}));
  const screen = await show(<MovingTab />, {
    'keeping.settings': () => ({ settings, restingSince: 1, dataDir: '/data', onSameDisk: null }),
    'keeping.wake': wake,
  });
  await screen.getByRole('button', { name: 'Разбудить этот Пульт' }).click();
  await expect.element(screen.getByText(/оба будут работать с одним ящиком/)).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  await screen.getByRole('dialog').getByRole('button', { name: 'Разбудить этот Пульт' }).click();
  expect(wake).toHaveBeenCalledOnce();
});

test('alerts show why the last one could not be sent, and a bad address is named', async () => {
  const screen = await show(<AlertsTab />);
  await expect.element(screen.getByText(/Нет включённого почтового ящика/)).toBeVisible();
  await screen.getByLabelText('Адреса почты, через запятую').fill('admin@towers.example, nobody');
  await expect.element(screen.getByText('Не похоже на адрес: nobody')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Сохранить' })).toBeDisabled();
  expect(await findBarriers()).toEqual([]);
});

test('what the support archive holds is shown before it is saved', async () => {
  const screen = await show(<SupportTab />, {
    'keeping.previewSupport': () => ({ files: [{ name: 'about.json', bytes: 20, text: '{"schema":11}' }] }),
  });
  await screen.getByRole('button', { name: 'Показать, что внутри' }).click();
  await expect.element(screen.getByText('{"schema":11}')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

test('a file of lists shows what would change before it does, and what does not fit is told', async () => {
  const imported: object[] = [];
  const screen = await show(<ListsFileTab />, {
    'keeping.previewLists': ({ text }: { readonly text: string }) => {
      if (text === '{}') {
        throw new AppError('invalid-input', {
          details: { reason: 'lists-file', where: 'version', problem: 'нет' },
        });
      }
      return { changes: [{ list: 'types', added: ['fire'], changed: [], retired: ['planned'] }] };
    },
    'keeping.importLists': (input: object) => {
      imported.push(input);
      return { undo: 5 };
    },
  });
  const choose = async (text: string) => {
    const input = screen
      .getByLabelText('Выбрать файл')
      .elements()
      .find((one) => one instanceof HTMLInputElement);
    const files = new DataTransfer();
    files.items.add(new File([text], 'lists.json'));
    (input as HTMLInputElement).files = files.files;
    input?.dispatchEvent(new Event('change', { bubbles: true }));
  };
  await choose('{}');
  await expect.element(screen.getByText('Файл списков не подходит: version — нет.')).toBeVisible();
  await choose('{"version":1}');
  await expect.element(screen.getByText('появятся: fire')).toBeVisible();
  await expect.element(screen.getByText('выйдут из употребления: planned')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  await screen.getByRole('button', { name: 'Применить' }).click();
  await expect.poll(() => imported).toEqual([{ text: '{"version":1}' }]);
});
