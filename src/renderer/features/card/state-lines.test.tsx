import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { makeRow } from '../../../../test/support/fake-desk.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { CardData } from './card-state.ts';
import type { CardDialog } from './life/card-dialog.ts';
import { useLifeActions } from './life/use-life-actions.ts';
import type { Life } from './life/use-life.ts';
import { StateLines } from './state-lines.tsx';

afterEach(() => cleanup());

const hour = 3_600_000;
const data: CardData = {
  row: makeRow({ id: 42, code: 'PLT-1042', revision: 9 }),
  description: '',
  applicantName: '',
  applicantAddress: '',
  applicantPhone: '',
  coordinates: null,
  categoryIds: [],
  nextStatusIds: [],
  accountId: null,
};
const clear: Life = {
  subtypeId: null,
  repairPriorityId: null,
  problems: [],
  duplicates: [],
  postponed: null,
  autoClose: null,
  autoCloseRefused: false,
  autoCloseAt: null,
  mayPostpone: false,
};

function Lines({ life, ask }: { readonly life: Life; readonly ask: (dialog: CardDialog | null) => void }) {
  const actions = useLifeActions(data, ask);
  return <StateLines incidentId={42} life={life} actions={actions} ask={ask} />;
}

async function show(
  life: Partial<Life>,
  {
    reminders = [],
    scheme = 'dark',
  }: { readonly reminders?: readonly object[]; readonly scheme?: 'dark' | 'light' } = {},
) {
  const asked: string[] = [];
  const dialogs: unknown[] = [];
  const note = (name: string) => () => {
    asked.push(name);
    return { undo: 5 };
  };
  const fake = createFakePage(
    {
      'workflow.reminders': () => ({ reminders }),
      'workflow.wake': note('wake'),
      'workflow.cancelAutoClose': note('cancel'),
      'workflow.finishReminder': note('done'),
    },
    scheme,
  );
  fake.desk.shell.setState({ zone: 'Europe/Moscow' });
  fake.desk.reference.setState({
    statuses: new Map([
      [
        2,
        {
          id: 2,
          key: 'in-progress',
          name: 'В работе',
          nameEn: 'In progress',
          tone: 'work' as const,
          finishes: false,
          position: 1,
          active: true,
          nextIds: [],
        },
      ],
      [
        13,
        {
          id: 13,
          key: 'closed',
          name: 'Закрыт',
          nameEn: 'Closed',
          tone: 'done' as const,
          finishes: true,
          position: 2,
          active: true,
          nextIds: [],
        },
      ],
    ]),
  });
  await render(
    <fake.Page>
      <Lines life={{ ...clear, ...life }} ask={(dialog) => dialogs.push(dialog)} />
    </fake.Page>,
  );
  return { asked, dialogs };
}

const line = (text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text });

test('a postponed incident says until when, why and where to, and comes back by a press', async () => {
  const postponed = { until: Date.now() + 2 * hour, reason: 'Ждём допуск', backStatusId: 2 };
  const { asked, dialogs } = await show({ postponed });
  await expect.element(line(/Отложен до .*Ждём допуск · вернётся через (01:59:\d\d|02:00:00)/)).toBeVisible();
  await expect.element(line('в статус «В работе»')).toBeVisible();
  await page.getByRole('button', { name: 'Отложить ещё' }).click();
  expect(dialogs).toEqual([{ kind: 'postpone' }]);
  await page.getByRole('button', { name: 'Вернуть сейчас' }).click();
  await expect.poll(() => asked).toEqual(['wake']);
});

test('the automatic closing counts down and says whose delay it is', async () => {
  const autoClose = { at: Date.now() + 23 * hour, by: 'letter' as const, minutes: 1440, group: 'Бета' };
  const { asked } = await show({ autoClose });
  await expect.element(line(/Закроется сам .*после письма о закрытии, по сроку «Бета»/)).toBeVisible();
  await page.getByRole('button', { name: 'Не закрывать' }).click();
  await expect.poll(() => asked).toEqual(['cancel']);
});

test('what will keep it open is said at once, with the way to mend it', async () => {
  const autoClose = { at: Date.now() + hour, by: 'letter' as const, minutes: 720, group: null };
  const { dialogs } = await show({ autoClose, problems: [{ kind: 'no-subtype', typeId: 7 }] });
  await expect.element(line('Но не закроется: нет подтипа')).toBeVisible();
  await page.getByRole('button', { name: 'Заполнить' }).click();
  expect(dialogs).toEqual([{ kind: 'closing', statusId: null }]);
});

test('what silence could not close says why, and is closed from here', async () => {
  const { dialogs } = await show({ autoCloseRefused: true, problems: [{ kind: 'no-type' }] });
  await expect.element(line('Сам не закрылся: нет типа')).toBeVisible();
  await page.getByRole('button', { name: 'Заполнить' }).click();
  expect(dialogs).toEqual([{ kind: 'closing', statusId: 13 }]);
});

test('only reminders of this incident stand here, and leave when done', async () => {
  const reminder = {
    id: 1,
    incidentId: 42,
    code: 'PLT-1042',
    title: '',
    at: Date.now() + hour,
    text: 'Позвонить',
  };
  const { asked } = await show(
    {},
    { reminders: [reminder, { ...reminder, id: 2, incidentId: 43, text: 'Чужое' }] },
  );
  await expect.element(line('Позвонить')).toBeVisible();
  await expect.element(line('Чужое')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Сделано: Позвонить' }).click();
  await expect.poll(() => asked).toEqual(['done']);
});

test.each(['dark', 'light'] as const)('nobody is kept out of the lines in the %s theme', async (scheme) => {
  await show(
    {
      postponed: { until: Date.now() + hour, reason: '', backStatusId: 2 },
      autoClose: { at: Date.now() + hour, by: 'hand', minutes: 720, group: null },
      problems: [{ kind: 'no-type' }],
    },
    { scheme },
  );
  await expect.element(line('Отложен до')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
