import type { Size } from './archive.ts';
import type { Figure } from './figures.ts';
import { openReachingBench } from './reaching-desk.ts';
import { type DrainSizes, measureDrain } from './reaching-drain.ts';
import { measureStarts } from './reaching-starts.ts';
import { measureStops } from './reaching-stops.ts';

export type ReachingSizes = DrainSizes & {
  readonly archive: Size;
  readonly crowd: number;
  readonly starts: number;
};

/** Which of the parts m, n and o are wanted; one desk for all of them. */
export async function measureReaching(
  { only, sizes }: { readonly only: string; readonly sizes: ReachingSizes },
  tell: (figures: readonly Figure[]) => void,
): Promise<void> {
  const bench = await openReachingBench(sizes.archive, sizes.crowd);
  try {
    if (only.includes('m')) tell(await measureStarts(bench, sizes.starts));
    if (only.includes('n')) tell(await measureStops(bench, sizes.stops, ''));
    if (only.includes('o')) tell(await measureDrain(bench, sizes));
  } finally {
    await bench.stop();
  }
}
