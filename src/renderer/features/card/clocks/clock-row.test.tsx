import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { makeRow } from '../../../../../test/support/fake-desk.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { ClockDetail } from '../../../../shared/contract/clocks.ts';
import { toWall } from '../../../lib/wall-time.ts';
import { ClockRow } from './clock-row.tsx';
import { WhyClocks } from './why-clocks.tsx';

const hour = 3_600_000;

const names: Readonly<Record<string, readonly [string, string]>> = {
  sla: ['Срок заявки', 'Incident deadline'],
  reaction: ['Реакция диспетчера', 'Dispatcher’s reaction'],
  emergency: ['АВР', 'Emergency recovery'],
  generator: ['ДГУ', 'Generator'],
};

function makeClock(kind: string, part: Partial<ClockDetail> = {}): ClockDetail {
  const [name, nameEn] = names[kind]!;
  const empty = {
    merged: false,
    riskAt: null,
    dueAt: null,
    pausedAt: null,
    remainingMs: null,
    pauseReason: null,
  };
  const work = kind === 'emergency' || kind === 'generator';
  return { kind, name, nameEn, work, startedAt: 0, targetMs: null, endedAt: null, ...empty, ...part };
}

async function openRow(
  clocks: (now: number) => ClockDetail[],
  scheme: 'dark' | 'light' = 'dark',
  width = 1000,
) {
  const asked: { name: string; input: unknown }[] = [];
  const note = (name: string) => (input: object) => {
    asked.push({ name, input });
    return { undo: 7 };
  };
  const desk = createFakePage(
    {
      'clocks.ofIncident': () => ({
        clocks: clocks(desk.desk.ticker.second()),
        works: [{ kind: 'generator', name: 'ДГУ', nameEn: 'Generator' }],
        earliest: desk.desk.ticker.second() - 2 * hour,
      }),
      'clocks.begin': note('begin'),
      'clocks.end': note('end'),
      'clocks.correct': note('correct'),
      'clocks.pause': note('pause'),
      'clocks.resume': note('resume'),
    },
    scheme,
  );
  let whys = 0;
  await render(
    <desk.Page>
      <div style={{ width }}>
        <ClockRow
          row={makeRow({ id: 42, code: 'PLT-1042', typeId: 1, revision: 9 })}
          onWhy={() => {
            whys += 1;
          }}
        />
      </div>
    </desk.Page>,
  );
  return { desk, asked, whys: () => whys };
}

const three = (now: number) => [
  makeClock('sla', { targetMs: 4 * hour, riskAt: now + hour, dueAt: now + 2 * hour }),
  makeClock('reaction', { targetMs: hour, riskAt: now - hour, dueAt: now - 60_000 }),
  makeClock('emergency', { startedAt: now - hour, targetMs: 4 * hour, riskAt: now, dueAt: now + hour }),
];

test('every clock tells its name, what is left and its state in words', async () => {
  await openRow(three);
  const row = page.getByRole('group', { name: 'Часы инцидента' });

  await expect.element(row.getByRole('button', { name: /^Срок заявки 0[12]:\d\d:\d\d .*до / })).toBeVisible();
  await expect
    .element(row.getByRole('button', { name: /^Реакция диспетчера −00:01:\d\d просрочен/i }))
    .toBeVisible();
  await expect.element(row.getByRole('button', { name: /^АВР 0[01]:\d\d:\d\d под угрозой/i })).toBeVisible();
});

test('work is begun and ended with one key and a choice, and both can be taken back', async () => {
  const { asked } = await openRow(three);
  await expect.element(page.getByRole('button', { name: /^АВР/ })).toBeVisible();

  await userEvent.keyboard('h');
  await page.getByRole('menuitem', { name: 'Начать: ДГУ' }).click();
  await expect
    .poll(() => asked)
    .toEqual([{ name: 'begin', input: { id: 42, expected: 9, kind: 'generator', at: null } }]);
  await expect.element(page.getByRole('button', { name: /^Отменить/ })).toBeVisible();

  await userEvent.keyboard('h');
  await page.getByRole('menuitem', { name: 'Закончить: АВР' }).click();
  await expect.poll(() => asked.at(-1)?.name).toBe('end');
});

test('times that cannot be are refused with words before anything is asked', async () => {
  const { desk, asked } = await openRow(three);
  await page.getByRole('button', { name: /^АВР/ }).click();
  await page.getByRole('menuitem', { name: 'Начало и конец…' }).click();
  const now = desk.desk.ticker.second();
  const wall = (at: number) => toWall(at, desk.desk.shell.getState().zone);
  const [start, end] = [page.getByLabelText('Начало'), page.getByLabelText('Конец')];

  await start.fill(wall(now - 5 * hour));
  await end.fill(wall(now + hour));
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(page.getByText(/раньше работы начаться не могли/)).toBeVisible();
  await expect.element(page.getByText(/Укажите конец не позже/)).toBeVisible();
  await start.fill(wall(now - 30 * 60_000));
  await end.fill(wall(now - hour));
  await expect.element(page.getByText('Конец раньше начала')).toBeVisible();
  expect(asked).toEqual([]);

  await end.fill(wall(now - 10 * 60_000));
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.poll(() => asked.at(-1)?.input).toMatchObject({ kind: 'emergency', id: 42 });
});

test('P holds the incident’s own clock and lets it run again', async () => {
  const { asked } = await openRow((now) => [
    makeClock('sla', { targetMs: hour, pausedAt: now, remainingMs: hour, pauseReason: 'Ждём допуск' }),
  ]);
  await expect
    .element(page.getByRole('button', { name: /Срок заявки 01:00:00 .*Ждём допуск/ }))
    .toBeVisible();

  await userEvent.keyboard('p');

  await expect.poll(() => asked).toEqual([{ name: 'resume', input: { id: 42, expected: 9, kind: 'sla' } }]);
});

test('clocks of an incident that went into another say so, and not that they were in time', async () => {
  await openRow((now) => [
    makeClock('sla', { targetMs: hour, dueAt: now + hour, endedAt: now - 60_000, merged: true }),
  ]);

  await expect.element(page.getByRole('button', { name: /^Срок заявки объединён/ })).toBeVisible();
});

test('in a narrow card what is over folds away behind its number, and unfolds again', async () => {
  await openRow(
    (now) => [...three(now), makeClock('generator', { targetMs: hour, dueAt: now, endedAt: now - hour })],
    'dark',
    520,
  );
  const fold = page.getByRole('button', { name: /^1\sзакончен/ });
  const ended = page.getByRole('button', { name: /^ДГУ/ });
  await expect.element(fold).toHaveAttribute('aria-expanded', 'false');
  expect(ended.query()).toBeNull();

  await fold.click();

  await expect.element(ended).toBeVisible();
});

test('why leads to the explanation', async () => {
  const { whys } = await openRow(three);
  await page.getByRole('button', { name: /^Реакция/ }).click();
  await page.getByRole('menuitem', { name: 'Почему такой срок' }).click();

  expect(whys()).toBe(1);
});

test.each(['dark', 'light'] as const)('nothing in the row is a barrier (%s)', async (scheme) => {
  await openRow(
    (now) => [...three(now), makeClock('generator', { targetMs: hour, dueAt: now, endedAt: now - hour })],
    scheme,
  );
  await expect.element(page.getByRole('button', { name: /^АВР/ })).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await userEvent.keyboard('h');
  await expect.element(page.getByRole('menuitem', { name: 'Начать: ДГУ' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

test('the explanation sums a deadline up in one line and lists each step', async () => {
  const at = Date.UTC(2026, 2, 4, 5, 30);
  const desk = createFakePage({
    'clocks.why': () => ({
      clocks: [
        {
          kind: 'sla',
          name: 'Срок заявки',
          nameEn: 'Incident deadline',
          steps: [
            { step: 'started', at, facts: { by: 'registered' } },
            { step: 'length', at, facts: { ms: 12 * hour, target: 'type' } },
            {
              step: 'calendar',
              at,
              facts: { name: 'Рабочее время', nameEn: 'Office', zone: 'Europe/Moscow', around: 0 },
            },
            {
              step: 'counted',
              at,
              facts: { text: '09:00–13:00, 14:00–18:00', ms: 8 * hour, kind: null, name: null },
            },
            {
              step: 'skipped',
              at: at + 24 * hour,
              facts: { kind: 'off', name: 'Субботник', ms: 0, text: '' },
            },
            {
              step: 'moved',
              at: at + 25 * hour,
              facts: { from: at, to: at + hour, because: 'calendar', name: 'Рабочее время' },
            },
            { step: 'due', at: at + 50 * hour, facts: {} },
            { step: 'ended', at: at + 51 * hour, facts: { verdict: 'breached', ms: -hour } },
          ],
        },
      ],
    }),
  });
  await render(
    <desk.Page>
      <WhyClocks incidentId={42} />
    </desk.Page>,
  );
  const section = page.getByRole('region', { name: 'Срок заявки' });

  await expect
    .element(
      section.getByText(
        /^Срок 12 ч по типу инцидента · с .* · Календарь «Рабочее время», пояс Europe\/Moscow/,
      ),
    )
    .toBeVisible();
  await expect.element(section.getByText('Засчитано 09:00–13:00, 14:00–18:00: 8 ч')).toBeVisible();
  await expect.element(section.getByText('Не считается: выходной: Субботник')).toBeVisible();
  await expect
    .element(section.getByText(/Срок перенесён: .* Изменён календарь «Рабочее время»/))
    .toBeVisible();
  await expect.element(section.getByText('Закончен позже срока на 1 ч', { exact: true })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
