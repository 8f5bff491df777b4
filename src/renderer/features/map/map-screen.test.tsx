import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { mapIncidents } from '../../../../test/support/fake-reports.ts';
import { MapScreen } from './map-screen.tsx';

type Setup = { readonly scheme?: 'dark' | 'light'; readonly failing?: boolean; readonly count?: number };

const loadMany = (count: number) => () =>
  Promise.resolve({
    ids: Uint32Array.from({ length: count }, (_, index) => index + 1),
    longitudes: Float32Array.from({ length: count }, (_, index) => 28 + ((index * 7919) % 11_000) / 100),
    latitudes: Float32Array.from({ length: count }, (_, index) => 45 + ((index * 104_729) % 2200) / 100),
    kinds: new Uint8Array(count),
  });
const failingLoad = () => Promise.reject(new Error('offline'));

async function openMap({ scheme = 'dark', failing = false, count = 20_000 }: Setup = {}) {
  const saved: unknown[] = [];
  const desk = createFakePage(
    {
      'reports.mapIncidents': () => ({ incidents: mapIncidents, unplaced: 4, tiles: '' }),
      'reports.saveTiles': (input: unknown) => {
        saved.push(input);
        return {};
      },
    },
    scheme,
  );
  const opened: string[] = [];
  const loadPoints = failing ? failingLoad : loadMany(count);
  await render(
    <desk.Page>
      <div style={{ blockSize: 740, inlineSize: 1200 }}>
        <MapScreen
          onOpenIncident={(id) => opened.push(`incident ${id}`)}
          onOpenAsset={(id) => opened.push(`asset ${id}`)}
          loadPoints={loadPoints}
        />
      </div>
    </desk.Page>,
  );
  await expect.element(page.getByRole('button', { name: /PLT-1002/ })).toBeVisible();
  return { opened, saved };
}

const canvas = () => page.getByRole('application').element() as HTMLCanvasElement;
/** How many different colours are drawn: an empty canvas has one. */
function colours(): number {
  const { width, height } = canvas();
  const pixels = new Uint32Array(canvas().getContext('2d')!.getImageData(0, 0, width, height).data.buffer);
  return new Set(pixels).size;
}

test('the worst come first, and outlines, assets and incidents are drawn without any network', async () => {
  await openMap();

  const items = page.getByRole('list', { name: 'Инциденты на карте' }).getByRole('listitem');
  expect(items.elements().map((item) => /PLT-\d+/.exec(item.textContent)?.[0])).toEqual([
    'PLT-1002',
    'PLT-1003',
    'PLT-1001',
  ]);
  await expect.poll(colours).toBeGreaterThan(20);
  await expect.element(page.getByText('Без места на карте: 4.')).toBeVisible();
});

test('J and K choose, Enter opens: the map is worked without a mouse', async () => {
  const { opened } = await openMap();
  await userEvent.keyboard('j');
  await userEvent.keyboard('j');
  await expect
    .element(page.getByRole('button', { name: /PLT-1003/ }))
    .toHaveAttribute('aria-pressed', 'true');

  await userEvent.keyboard('k');
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard('{Enter}');

  expect(opened).toEqual(['incident 2']);
});

test('arrows move the map, plus and minus zoom, Home brings all of it back', async () => {
  await openMap({ count: 0 });
  await expect.poll(colours).toBeGreaterThan(3);
  canvas().focus();
  const whole = canvas().toDataURL();
  await userEvent.keyboard('{ArrowRight}+');
  await expect.poll(() => canvas().toDataURL() === whole).toBe(false);

  await userEvent.keyboard('{Home}');

  await expect.poll(() => canvas().toDataURL() === whole).toBe(true);
});

test('a state that is not wanted leaves both list and drawing', async () => {
  await openMap();
  await page.getByRole('checkbox', { name: 'Просрочены (1)' }).click();

  await expect.element(page.getByRole('button', { name: /PLT-1002/ })).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: /PLT-1003/ })).toBeVisible();
});

test('without the places of assets incidents are still shown, and what is missing is said', async () => {
  await openMap({ failing: true });

  await expect.element(page.getByText(/Объекты реестра не загрузились/)).toBeVisible();
});

test('a server of tiles is named by an administrator who is told what it will learn', async () => {
  const { saved } = await openMap();
  await page.getByRole('button', { name: 'Подложка' }).click();
  await expect.element(page.getByText(/увидит адрес этого рабочего места/)).toBeVisible();
  await page.getByLabelText('Адрес тайлов').fill('https://tiles.example/{z}/{x}/{y}.png');
  await page.getByRole('button', { name: 'Сохранить' }).click();

  await expect.poll(() => saved).toEqual([{ tiles: 'https://tiles.example/{z}/{x}/{y}.png' }]);
});

test.each(['dark', 'light'] as const)('axe finds nothing in the %s theme', async (scheme) => {
  await openMap({ scheme });

  expect(await findBarriers()).toEqual([]);
});
