import type { Page } from '@playwright/test';
import type { Dovecot } from '../../test/support/dovecot.ts';
import { makeLetter } from '../../test/support/make-letter.ts';
import type { BenchHost } from './host.ts';
import { addMailbox } from './host.ts';
import { percentile, type Figure } from './figures.ts';
import { deskAddress } from './letters.ts';
import { chooseView } from './queue.ts';

/** A letter without one would be an automatic answer. */
const sender = 'noc@operator.example';

/** From the server's `250` until the letter's row is painted: delivery, IDLE, fetch, store, parse, intake, feed, page. */
export async function measurePainting(
  parts: { readonly page: Page; readonly server: Dovecot; readonly bench: BenchHost },
  letters: number,
): Promise<Figure[]> {
  const { page, server, bench } = parts;
  const user = 'paint@towers.example';
  server.setPassword(user, 'secret');
  await addMailbox(bench.client.rpc, server, user);
  await chooseView(page, { scope: 'open' }, { key: 'registered', descending: true });
  const waits: number[] = [];
  // The first one finds out whether the mailbox is connected and is not counted.
  for (let number = 0; number <= letters; number += 1) {
    const subject = `Замер ${Date.now()}-${number}`;
    const painted = page.evaluate<number>(`window.bench.rowPainted(${JSON.stringify(subject)})`);
    const raw = makeLetter({ from: sender, to: deskAddress, subject, text: subject, date: Date.now() });
    await server.deliver(user, raw, sender);
    const deliveredAt = performance.timeOrigin + performance.now();
    const wait = (await painted) - deliveredAt;
    if (number > 0) waits.push(wait);
  }
  const note = `n = ${waits.length}; about 500 ms of it is Dovecot's own delay before it tells a waiting client`;
  return [
    {
      part: 'a',
      name: 'letter delivered to row painted, median',
      value: percentile(waits, 0.5),
      unit: 'ms',
      note,
    },
    {
      part: 'a',
      name: 'letter delivered to row painted, p95',
      value: percentile(waits, 0.95),
      unit: 'ms',
      limit: { kind: 'most', value: 1000 },
      note,
    },
  ];
}
