import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import {
  makeChannel,
  makeHandover,
  makeLine,
  makePerson,
  sampleDocument,
  shiftTime,
} from '../../../../test/support/fake-shift.ts';
import { EndDialog } from './end-dialog.tsx';
import { ShiftScreen } from './shift-screen.tsx';
import { StartDialog } from './start-dialog.tsx';

type Call = { readonly name: string; readonly input: unknown };

const me = makePerson(1, 'Орлова Анна');
const quiet = { next: [], left: [], waiting: [], channels: [], prompt: null };

function createShift(state: object = {}, scheme: 'dark' | 'light' = 'dark') {
  const calls: Call[] = [];
  const heard: boolean[] = [];
  let handover = makeHandover();
  const say = (name: string, answer: object = {}) => ({
    [`shift.${name}`]: (input: unknown) => {
      calls.push({ name, input });
      return answer;
    },
  });
  const fake = createFakePage(
    {
      'shift.state': () => ({ ...quiet, ...state }),
      'shift.handover': () => ({ handover }),
      'shift.handovers': (input: unknown) => {
        calls.push({ name: 'handovers', input });
        return { handovers: [makeLine({ mine: false, acknowledgedAt: shiftTime, acknowledgedBy: 1 })] };
      },
      'shift.draw': () => ({ document: { ...sampleDocument, words: '' }, open: 1 }),
      ...say('soundTested'),
      ...say('begin', { assigned: 2 }),
      ...say('end', { handoverId: 3, moved: 1, undo: 9 }),
      ...say('giveOut', { moved: 5, undo: 8 }),
      ...say('remark'),
      'shift.acknowledge': (input: unknown) => {
        calls.push({ name: 'acknowledge', input });
        handover = makeHandover({ mine: false, acknowledgedAt: shiftTime, acknowledgedBy: 1 });
        return {};
      },
    },
    scheme,
  );
  const desk = {
    ...fake.desk,
    sound: { ...fake.desk.sound, markHeard: (yes: boolean) => void heard.push(yes) },
  };
  Object.assign(fake.desk, { sound: desk.sound });
  fake.desk.people.setState({
    people: new Map(
      [
        me,
        makePerson(2, 'Зуев Пётр', { onDutySince: shiftTime, load: 3 }),
        makePerson(4, 'Белова Ольга'),
      ].map((person) => [person.id, person]),
    ),
  });
  return { ...fake, calls, heard };
}

const nothing = (): void => undefined;

test('the start of a shift plays the alarm, asks, and a no is kept and told to the shell', async () => {
  const { Page, calls, heard } = createShift();
  await render(
    <Page>
      <StartDialog person={me} onClose={nothing} onOpenIncident={nothing} />
    </Page>,
  );

  await page.getByRole('button', { name: 'Проиграть сигнал' }).click();
  await page.getByRole('button', { name: 'Не слышно' }).click();

  await expect.element(page.getByText(/сигналы подаёт и сам компьютер/)).toBeVisible();
  expect(calls).toContainEqual({ name: 'soundTested', input: { heard: false } });
  expect(heard).toEqual([false]);
});

test('the start shows what was handed over, and takes it', async () => {
  const { Page, calls, tell } = createShift({ waiting: [makeLine()], channels: [makeChannel()] });
  await render(
    <Page>
      <StartDialog person={me} onClose={nothing} onOpenIncident={nothing} />
    </Page>,
  );
  await expect.element(page.getByText('Ключи у охраны')).toBeVisible();
  await expect.element(page.getByText('ждём звонка')).toBeVisible();

  await page.getByRole('button', { name: 'Принять смену' }).click();
  tell('handover');

  await expect.element(page.getByText(/^Принято .*Орлова Анна$/)).toBeVisible();
  expect(calls).toContainEqual({ name: 'acknowledge', input: { id: 3 } });
  await page.getByRole('button', { name: 'Начать смену' }).click();
  await expect.element(page.getByText('Смена началась, вам назначено 2 инцидента').first()).toBeVisible();
});

test('the end strikes, notes, names the taker and gives them the work', async () => {
  const { Page, calls } = createShift();
  let closed = false;
  await render(
    <Page>
      <EndDialog person={me} onClose={() => (closed = true)} />
    </Page>,
  );
  await expect.element(page.getByText('PLT-1007 Нет питания на опоре')).toBeVisible();

  await page.getByRole('combobox', { name: 'Кому' }).click();
  await page.getByRole('option', { name: 'Белова Ольга' }).click();
  await page.getByLabelText('Что ещё надо знать').fill('Пропуск у Ивана');
  await page.getByLabelText('Пояснение: PLT-1007 Нет питания на опоре').fill('перезвонить в 9');
  await page.getByRole('checkbox', { name: 'Карантин' }).click();
  await page.getByRole('button', { name: 'Подписать и закончить смену' }).click();

  await expect.poll(() => closed).toBe(true);
  expect(calls.find(({ name }) => name === 'end')?.input).toEqual({
    to: { kind: 'person', personId: 4 },
    without: ['quarantine'],
    notes: { 'incident:7': 'перезвонить в 9' },
    words: 'Пропуск у Ивана',
    work: { how: 'give', personId: 4 },
  });
});

test('the screen says who is on duty, offers left work with one press, and names a silent channel', async () => {
  const { Page, calls } = createShift({
    left: [{ personId: 4, count: 5, urgent: 1 }],
    next: [{ personId: 4, startsAt: shiftTime + 3_600_000, endsAt: shiftTime + 7_200_000 }],
    channels: [
      makeChannel({ incidentId: 7, why: 'silent' }),
      makeChannel({ source: 'mail:2', name: 'Запасной', usualPerHour: null }),
    ],
  });
  await render(
    <Page>
      <ShiftScreen person={me} handoverId={null} onGo={nothing} onOpenIncident={nothing} onToggle={nothing} />
    </Page>,
  );
  await expect.element(page.getByText(/^3 инцидента · с/)).toBeVisible();
  await expect.element(page.getByText('молчит, открыт инцидент')).toBeVisible();
  await expect.element(page.getByText('ещё не знаем: нужна неделя')).toBeVisible();

  await page.getByRole('button', { name: 'Раздать тем, кто на смене: Белова Ольга' }).click();

  await expect.element(page.getByText('Передано 5 инцидентов').first()).toBeVisible();
  expect(calls).toContainEqual({ name: 'giveOut', input: { personId: 4, work: { how: 'spread' } } });
});

test('past hand-overs are looked for by a word, and one opens', async () => {
  const { Page, calls } = createShift();
  const opened: (number | null)[] = [];
  await render(
    <Page>
      <ShiftScreen
        person={me}
        handoverId={null}
        onGo={(id) => opened.push(id)}
        onOpenIncident={nothing}
        onToggle={nothing}
      />
    </Page>,
  );

  await page.getByLabelText('Слово из документа').fill('ключи');
  await expect
    .poll(() => calls.filter(({ name }) => name === 'handovers').at(-1)?.input)
    .toMatchObject({ text: 'ключи' });
  await page.getByRole('button', { name: /^Открыть передачу: Зуев Пётр/ }).click();

  expect(opened).toEqual([3]);
});

test('a question about a document is sent', async () => {
  const { Page, calls } = createShift();
  await render(
    <Page>
      <ShiftScreen person={me} handoverId={3} onGo={nothing} onOpenIncident={nothing} onToggle={nothing} />
    </Page>,
  );

  await page.getByLabelText('Вопрос или ответ').fill('Где пропуск?');
  await page.getByRole('button', { name: 'Отправить' }).click();

  await expect.poll(() => calls).toContainEqual({ name: 'remark', input: { id: 3, text: 'Где пропуск?' } });
});

test.each(['dark', 'light'] as const)('nobody is kept out of the shift in the %s theme', async (scheme) => {
  const { Page } = createShift(
    {
      waiting: [makeLine()],
      left: [{ personId: 4, count: 5, urgent: 1 }],
      channels: [
        makeChannel({ incidentId: 7, why: 'down', health: { state: 'degraded', reason: 'unavailable' } }),
      ],
    },
    scheme,
  );
  const screen = await render(
    <Page>
      <ShiftScreen person={me} handoverId={null} onGo={nothing} onOpenIncident={nothing} onToggle={nothing} />
    </Page>,
  );
  await expect.element(page.getByText('нет связи, открыт инцидент')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await screen.rerender(
    <Page>
      <ShiftScreen person={me} handoverId={3} onGo={nothing} onOpenIncident={nothing} onToggle={nothing} />
    </Page>,
  );
  await expect.element(page.getByText('Ключи у охраны')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await screen.rerender(
    <Page>
      <EndDialog person={me} onClose={nothing} />
    </Page>,
  );
  await expect.element(page.getByText('PLT-1007 Нет питания на опоре')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
