import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { CalendarDay, CalendarView, ClockRule } from '../../../../shared/contract/clocks.ts';
import { ClocksTab } from './clocks-tab.tsx';

const office: CalendarView = {
  id: 2,
  key: 'office',
  name: 'Рабочее время',
  nameEn: 'Office hours',
  zone: '',
  aroundTheClock: false,
  week: [
    [
      [540, 780],
      [840, 1080],
    ],
    [[540, 1080]],
    [[540, 1080]],
    [[540, 1080]],
    [[540, 1080]],
    [],
    [],
  ],
  holidays: true,
  position: 1,
  active: true,
};
const rule: ClockRule = {
  id: 2,
  key: 'reaction',
  name: 'Реакция диспетчера',
  nameEn: 'Dispatcher’s reaction',
  starts: 'opened',
  categoryId: null,
  target: 'fixed',
  targetMinutes: 10,
  calendarId: 2,
  pauseStatusIds: [],
  endStatusIds: [],
  warnPercents: [50],
  escalateMinutes: 5,
  position: 1,
  active: true,
};

async function openTab(scheme: 'dark' | 'light' = 'dark') {
  const asked: { name: string; input: unknown }[] = [];
  let days: CalendarDay[] = [];
  const note = (name: string) => (input: object) => {
    asked.push({ name, input });
    return { id: 2 };
  };
  const desk = createFakePage(
    {
      'clocks.lists': () => ({ rules: [rule], calendars: [office], days, regions: [] }),
      'clocks.saveRule': note('saveRule'),
      'clocks.saveCalendar': note('saveCalendar'),
      'clocks.saveDays': (input: { readonly days: CalendarDay[] }) => {
        asked.push({ name: 'saveDays', input });
        days = input.days.filter(({ kind }) => kind !== null);
        desk.tell('reference');
        return {};
      },
      'clocks.tryOut': (input: object) => {
        asked.push({ name: 'tryOut', input });
        const at = Date.UTC(2026, 2, 5, 15);
        const facts = { text: '09:00–18:00', ms: 1, kind: null, name: null };
        return { dueAt: at, zone: 'Europe/Moscow', steps: [{ step: 'counted', at, facts }] };
      },
    },
    scheme,
  );
  await render(
    <desk.Page>
      <ClocksTab />
    </desk.Page>,
  );
  const last = () => asked.at(-1);
  return { asked, last };
}

const choose = (name: string) => page.getByText(name, { exact: true }).first().click();

test('a clock’s length, warnings and escalation are edited, and what is wrong is not saved', async () => {
  const { asked, last } = await openTab();
  await page.getByRole('button', { name: 'Изменить: Реакция диспетчера' }).click();
  await page.getByLabelText('Срок, минут').fill('пять');
  await page.getByLabelText('Предупреждать, % срока').fill('150');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(page.getByText('Целое число минут от 1 до 525 600')).toBeVisible();
  await expect.element(page.getByText('Числа от 1 до 99 через запятую')).toBeVisible();
  expect(asked).toEqual([]);

  await page.getByLabelText('Срок, минут').fill('15');
  await page.getByLabelText('Предупреждать, % срока').fill('80, 50');
  await page.getByLabelText('Сообщить старшему через, минут').fill('');
  await page.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => last()?.input)
    .toMatchObject({ key: 'reaction', targetMinutes: 15, warnPercents: [50, 80], escalateMinutes: null });
});

test('a day takes several intervals and one across midnight; one that overlaps is refused', async () => {
  const { asked, last } = await openTab();
  await choose('Календари');
  await page.getByRole('button', { name: 'Изменить: Рабочее время' }).click();
  const monday = page.getByRole('group', { name: 'Понедельник' });
  await monday.getByLabelText('Понедельник: до').nth(1).fill('02:00');
  await expect.element(monday.getByText('следующего дня')).toBeVisible();
  await monday.getByLabelText('Понедельник: с', { exact: true }).nth(1).fill('12:00');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Интервалы пересекаются');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  expect(asked).toEqual([]);

  await monday.getByLabelText('Понедельник: с', { exact: true }).nth(1).fill('20:00');
  await page.getByRole('button', { name: 'Добавить интервал: Суббота' }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => (last()?.input as CalendarView | undefined)?.week)
    .toEqual([
      [
        [540, 780],
        [1200, 1560],
      ],
      ...office.week.slice(1, 5),
      [[540, 1080]],
      [],
    ]);
});

test('a sample shows its deadline before anything is saved', async () => {
  const { last } = await openTab();
  await choose('Календари');
  await page.getByRole('button', { name: 'Изменить: Рабочее время' }).click();
  await page.getByLabelText('Отсчёт с').fill('2026-03-04T08:30');
  await page.getByLabelText('Срок, часов').fill('1,5');
  await page.getByRole('button', { name: 'Проверить' }).click();

  await expect.element(page.getByText(/^Срок: 5 марта 2026 .*пояс Europe\/Moscow/)).toBeVisible();
  await expect.element(page.getByText(/09:00–18:00/).last()).toBeVisible();
  expect(last()?.input).toMatchObject({ from: '2026-03-04T08:30', minutes: 90, zone: '' });
});

test('a press changes what a day is, arrows walk over the year, and the day gets a name', async () => {
  const { last } = await openTab();
  await choose('Производственный календарь');
  const day = page.getByRole('button', { name: /^2 янв\. \d+/ });
  await page.getByRole('button', { name: /^1 янв\. \d+/ }).click();
  await expect.poll(() => last()?.input).toMatchObject({ days: [{ kind: 'off' }] });
  await expect.element(page.getByRole('button', { name: /^1 янв\. .*: выходной$/ })).toBeVisible();
  await page.getByRole('button', { name: /^1 янв\. .*: выходной$/ }).click();
  await expect.poll(() => last()?.input).toMatchObject({ days: [{ kind: 'short' }] });

  await userEvent.keyboard('{ArrowRight}');
  await expect.element(day).toHaveFocus();
  await page.getByLabelText(/^Название дня: /).fill('Новый год');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => last()?.input).toMatchObject({ days: [{ kind: 'short', name: 'Новый год' }] });
});

test.each(['dark', 'light'] as const)('nothing in the editors is a barrier (%s)', async (scheme) => {
  await openTab(scheme);
  await page.getByRole('button', { name: 'Изменить: Реакция диспетчера' }).click();
  expect(await findBarriers()).toEqual([]);
  await choose('Календари');
  await page.getByRole('button', { name: 'Изменить: Рабочее время' }).click();
  expect(await findBarriers()).toEqual([]);
  await choose('Производственный календарь');
  await expect.element(page.getByRole('group', { name: /^январь/ })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
