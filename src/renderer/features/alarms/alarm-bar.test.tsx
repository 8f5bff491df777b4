import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { makePerson } from '../../../../test/support/fake-shift.ts';
import type { AlarmView } from '../../../shared/contract/incidents.ts';
import { AlarmBar } from './alarm-bar.tsx';
import { useAlarms } from './use-alarms.ts';

const overdue: AlarmView = {
  id: 1,
  incidentId: 7,
  code: 'PLT-1007',
  title: 'Нет питания',
  kind: 'overdue',
  raisedAt: Date.now() - 5000,
  assigneeId: 1,
  words: '',
};

function Alarms({ onOpenHandover = () => undefined }: { readonly onOpenHandover?: (id: number) => void }) {
  const alarms = useAlarms(() => undefined);
  return <AlarmBar alarms={alarms} onOpen={() => undefined} onOpenHandover={onOpenHandover} />;
}

async function openBar(first = overdue) {
  const calls: string[] = [];
  let sounding: AlarmView[] = [first];
  let waiting = [{ handoverId: 3, fromPersonId: 2, since: Date.now() - 1000 }];
  const fake = createFakePage({
    'alarms.sounding': () => ({ alarms: sounding }),
    'shift.calls': () => ({ calls: waiting }),
    'shift.answered': () => ({
      answered: [{ incidentId: 7, code: 'PLT-1007', personId: 2, at: Date.now() }],
    }),
    'shell.presence': () => undefined,
    'incidents.acknowledge': () => {
      calls.push('acknowledge');
      sounding = [];
    },
    'shift.hush': ({ handoverId }: { handoverId: number }) => {
      calls.push(`hush ${handoverId}`);
      waiting = [];
    },
  });
  fake.desk.people.setState({ people: new Map([[2, makePerson(2, 'Зуев Пётр')]]) });
  await render(
    <fake.Page>
      <Alarms />
    </fake.Page>,
  );
  return {
    ...fake,
    calls,
    answerElsewhere: () => {
      sounding = [];
      fake.tell('alarm');
    },
  };
}

test('Space answers what burns most, then the hand-over nobody has taken', async () => {
  const { calls, tell } = await openBar();
  await expect.element(page.getByText('PLT-1007')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await userEvent.keyboard(' ');
  await expect.poll(() => calls).toEqual(['acknowledge']);
  tell('alarm');
  await expect.element(page.getByText('передача от Зуев Пётр ждёт')).toBeVisible();
  await userEvent.keyboard(' ');

  await expect.poll(() => calls).toEqual(['acknowledge', 'hush 3']);
});

test('whoever hears an alarm stop is told who answered it', async () => {
  const { answerElsewhere } = await openBar();
  await expect.element(page.getByText('PLT-1007')).toBeVisible();

  answerElsewhere();

  await expect.element(page.getByText('Зуев П. подтвердил сигнал PLT-1007').first()).toBeVisible();
});

test('a reminder says what it is about', async () => {
  const { tell } = await openBar({ ...overdue, kind: 'reminder', words: 'Позвонить бригаде' });
  await expect.element(page.getByText('передача от Зуев Пётр ждёт')).toBeVisible();
  await userEvent.keyboard(' ');
  tell('alarm');

  await expect.element(page.getByRole('button', { name: /PLT-1007\s*Позвонить бригаде/ })).toBeVisible();
});
