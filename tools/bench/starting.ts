import type { Page } from '@playwright/test';
import { startHostProcess, type HostProcess } from '../../test/support/host-process.ts';
import { percentile, type Figure } from './figures.ts';

type Ending = 'clean' | 'killed';

/** From the start of the process until the signed-in page shows the queue's rows; the browser is open already. */
export async function measureStart(
  parts: { readonly page: Page; readonly host: HostProcess },
  rounds: number,
): Promise<{ readonly figures: Figure[]; readonly host: HostProcess }> {
  const { page } = parts;
  let { host } = parts;
  const spent: Record<Ending, number[]> = { clean: [], killed: [] };
  for (const ending of ['clean', 'killed'] as const) {
    for (let round = 0; round < rounds; round += 1) {
      await page.goto('about:blank');
      await host.kill(ending === 'clean' ? 'SIGTERM' : 'SIGKILL');
      const startedAt = performance.now();
      host = await startHostProcess({ dataDir: host.dataDir, startWithinMs: 120_000 });
      const listening = performance.now() - startedAt;
      await page.goto(host.base);
      await page.locator('[role=grid] [role=gridcell]').first().waitFor({ timeout: 60_000 });
      spent[ending].push(performance.now() - startedAt);
      if (round === 0) console.log(`  ${ending}: listening after ${Math.round(listening)} ms`);
    }
  }
  const figure = (ending: Ending, name: string, limit: number): Figure => ({
    part: 'd',
    name,
    value: percentile(spent[ending], 0.5),
    unit: 'ms',
    limit: { kind: 'most', value: limit },
    note: `median of ${rounds}, slowest ${Math.round(Math.max(...spent[ending]))} ms; the browser is open already`,
  });
  return {
    figures: [
      figure('clean', 'start to usable page after a clean stop', 2000),
      figure('killed', 'start to usable page after kill -9', 5000),
    ],
    host,
  };
}
