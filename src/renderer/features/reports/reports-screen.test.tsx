import { useState } from 'react';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { exportReady, sampleCompleteness, sampleDashboard } from '../../../../test/support/fake-reports.ts';
import type { ReportFilter, ReportPeriod } from '../../../shared/contract/reports.ts';
import type { ReportsPart } from '../../lib/router.ts';
import { ReportsScreen } from './reports-screen.tsx';

type DashboardRequest = { readonly period: ReportPeriod; readonly filter: ReportFilter };

type Setup = {
  readonly part?: ReportsPart;
  readonly scheme?: 'dark' | 'light';
  readonly exportState?: unknown;
};

async function openReports({ part = 'dashboard', scheme = 'dark', exportState = exportReady }: Setup = {}) {
  const asked: DashboardRequest[] = [];
  const opened: string[] = [];
  const fetched: unknown[] = [];
  const started: unknown[] = [];
  const desk = createFakePage(
    {
      'reports.dashboard': (input: DashboardRequest) => {
        asked.push(input);
        return sampleDashboard();
      },
      'reports.choices': () => ({
        regions: [{ id: 1, name: 'Нижегородская' }],
        macroregions: [],
        contractors: [],
        groups: [],
      }),
      'reports.journal': ({ before = null }: { before?: number | null }) => {
        const newest = before === null ? 150 : before - 1;
        const entries = Array.from({ length: Math.min(100, newest) }, (_, index) => ({
          sequence: newest - index,
          at: Date.UTC(2026, 2, 10, 9),
          actor: index % 2 === 0 ? 'Орлова' : null,
          subjectKind: 'incident',
          subjectId: 1042,
          code: 'PLT-1042',
          kind: 'incident.edited',
          payload: '{"changes":{}}',
        }));
        return { entries, total: 150 };
      },
      'reports.completeness': () => sampleCompleteness(),
      'reports.compareMailbox': () => ({}),
      'reports.fetchMissing': (input: unknown) => {
        fetched.push(input);
        return { fetched: 1, gone: 0 };
      },
      'reports.startExport': (input: unknown) => {
        started.push(input);
        return { id: 'job' };
      },
      'reports.exportState': () => exportState,
      'reports.cancelExport': (input: unknown) => {
        opened.push(`cancel ${JSON.stringify(input)}`);
        return {};
      },
    },
    scheme,
  );
  await render(
    <desk.Page>
      <div style={{ blockSize: 740 }}>
        <Harness first={part} opened={opened} />
      </div>
    </desk.Page>,
  );
  return { asked, opened, fetched, started, desk };
}

function Harness({ first, opened }: { readonly first: ReportsPart; readonly opened: string[] }) {
  const [part, setPart] = useState(first);
  return (
    <ReportsScreen
      part={part}
      onGo={setPart}
      onOpenIncident={(id) => opened.push(`incident ${id}`)}
      onOpenAsset={(id) => opened.push(`asset ${id}`)}
    />
  );
}

test('the week is shown with totals, shares and what was before', async () => {
  await openReports();

  await expect.element(page.getByText('до этого 80')).toBeVisible();
  await expect.element(page.getByRole('table', { name: 'Сроки по видам часов' })).toMatchTextContent(/75 %/);
  await expect.element(page.getByRole('table', { name: 'Регионы' })).toMatchTextContent(/Нижегородская/);
});

test('a drawing has its numbers behind it as a table', async () => {
  await openReports();
  await page.getByRole('region', { name: 'По дням' }).getByRole('button', { name: 'Таблица' }).click();

  await expect
    .element(page.getByRole('table', { name: 'Таблица по дням' }))
    .toMatchTextContent(/10 мар\. 2026/);
});

test('another period and a filter are asked of core together', async () => {
  const { asked } = await openReports();
  await page.getByText('30 дней').click();
  await expect.poll(() => asked.length).toBe(2);
  const { period } = asked[1]!;
  expect(Date.parse(period.to) - Date.parse(period.from)).toBe(29 * 86_400_000);

  await page.getByRole('button', { name: /^Фильтры/ }).click();
  await page.getByRole('combobox', { name: 'Регионы' }).click();
  await page.getByRole('option', { name: 'Нижегородская' }).click();

  await expect.poll(() => asked.at(-1)?.filter.regionIds).toEqual([1]);
  await expect.element(page.getByText(/Письма считаются по всему пульту/)).toBeInTheDocument();
});

test('the same numbers go by dispatcher, contractor, type and operator', async () => {
  await openReports();
  await page.getByText('Диспетчеры', { exact: true }).click();

  await expect.element(page.getByRole('table', { name: 'Диспетчеры' })).toMatchTextContent(/Орлова/);
});

test('alarms above what a person can take are told in words, not by colour alone', async () => {
  await openReports();

  await expect.element(page.getByText('выше приемлемого по EEMUA 191 (6)')).toBeInTheDocument();
});

test('from an asset that comes again one goes to it and to its incidents', async () => {
  const { opened } = await openReports();
  await page.getByRole('button', { name: 'PLT-1042' }).click();
  await page.getByRole('button', { name: '41208-P-52-1-1' }).click();

  expect(opened).toEqual(['incident 1042', 'asset 5']);
});

test('an export takes period and filter of the page, and its file is offered when it is ready', async () => {
  const { started } = await openReports();
  await page.getByRole('button', { name: 'Выгрузить' }).click();
  await page.getByRole('button', { name: 'Сделать файл' }).click();

  await expect
    .element(page.getByRole('link', { name: 'Сохранить pult-incidents.xlsx' }))
    .toHaveAttribute('href', '/export/job');
  expect(started).toMatchObject([{ what: 'incidents', format: 'xlsx', language: 'ru' }]);
});

test('an export under way shows how far it is and can be cancelled', async () => {
  const exportState = { ...exportReady, state: 'running', rows: 300, total: 900 };
  const { opened } = await openReports({ exportState });
  await page.getByRole('button', { name: 'Выгрузить' }).click();
  await page.getByRole('button', { name: 'Сделать файл' }).click();

  await expect.element(page.getByText('Готовим: 300 из 900')).toBeVisible();
  await page.getByRole('button', { name: 'Отменить' }).click();
  await expect.poll(() => opened).toEqual(['cancel {"id":"job"}']);
});

test('a missing letter is named by its UID and can be fetched', async () => {
  const { fetched } = await openReports({ part: 'completeness' });
  await expect.element(page.getByText('Не хватает 2 писем.')).toBeVisible();
  await page.getByRole('button', { name: 'Забрать 77' }).click();

  await expect.poll(() => fetched).toEqual([{ folderId: 11, uids: [77] }]);
  await expect
    .element(page.getByRole('table', { name: 'Письма в карантине' }))
    .toMatchTextContent(/parse-failed/);
});

test('the journal is read newest first, on and on, and leads to its incidents', async () => {
  const { opened } = await openReports({ part: 'journal' });
  const rows = page.getByRole('table', { name: 'Записи журнала' }).getByRole('row');
  await expect.poll(() => rows.elements().length).toBe(101);

  await page.getByRole('button', { name: 'Показать ещё' }).click();

  await expect.poll(() => rows.elements().length).toBe(151);
  await page.getByRole('button', { name: 'PLT-1042' }).first().click();
  expect(opened).toEqual(['incident 1042']);
});

test.each(['dark', 'light'] as const)('axe finds nothing in the %s theme', async (scheme) => {
  await openReports({ scheme });
  await expect.element(page.getByText('до этого 80')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await page.getByRole('tab', { name: 'Полнота почты' }).click();
  await expect.element(page.getByText('Не хватает 2 писем.')).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await page.getByRole('tab', { name: 'Журнал' }).click();
  await expect.element(page.getByRole('table', { name: 'Записи журнала' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
