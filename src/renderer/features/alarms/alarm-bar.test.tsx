import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { makePerson } from '../../../../test/support/fake-shift.ts';
import type { AlarmView } from '../../../shared/contract/incidents.ts';
import type { ReachAlarmView } from '../../../shared/contract/reach-alarms.ts';
import { AlarmBar } from './alarm-bar.tsx';
import type { ReachCall } from './alarm-store.ts';
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

function Alarms({
  onOpenHandover = () => undefined,
  onOpenReach = () => undefined,
}: {
  readonly onOpenHandover?: (id: number) => void;
  readonly onOpenReach?: (alarm: ReachCall) => void;
}) {
  const alarms = useAlarms(() => undefined, onOpenReach);
  return (
    <AlarmBar
      alarms={alarms}
      onOpen={() => undefined}
      onOpenHandover={onOpenHandover}
      onOpenReach={onOpenReach}
    />
  );
}

async function openBar(first: AlarmView | null = overdue, reach: ReachAlarmView[] = []) {
  const opened: ReachCall[] = [];
  const calls: string[] = [];
  let sounding: AlarmView[] = first ? [first] : [];
  let unreached = reach;
  let waiting = [{ handoverId: 3, fromPersonId: 2, since: Date.now() - 1000 }];
  const fake = createFakePage({
    'alarms.sounding': () => ({ alarms: sounding }),
    'shift.calls': () => ({ calls: waiting }),
    'shift.answered': () => ({
      answered: [{ incidentId: 7, code: 'PLT-1007', personId: 2, at: Date.now() }],
    }),
    'reachAlarms.sounding': () => ({ alarms: unreached }),
    'reachAlarms.hush': ({ ids }: { ids: number[] }) => {
      calls.push(`hush reach ${ids.join(',')}`);
      unreached = [];
    },
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
      <Alarms onOpenReach={(alarm) => opened.push(alarm)} />
    </fake.Page>,
  );
  return {
    ...fake,
    calls,
    opened,
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

test('whoever was not reached stands above a hand-over, is opened by their name and answered by Space', async () => {
  const notReached: ReachAlarmView = {
    id: 5,
    kind: 'not-reached',
    raisedAt: Date.now() - 5000,
    notificationId: 9,
    callId: null,
    incidentId: 7,
    code: 'PLT-1007',
    number: null,
    name: 'Ковалёв Иван',
  };
  const { calls, opened } = await openBar(null, [notReached]);
  await expect.element(page.getByText('Не оповещён')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await userEvent.keyboard(' ');
  await expect.poll(() => calls).toEqual(['hush reach 5']);

  await page.getByRole('button', { name: /Ковалёв Иван/ }).click();
  expect(opened.map(({ notificationId }) => notificationId)).toEqual([9]);
});
