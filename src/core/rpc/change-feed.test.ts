import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { openByHand } from '../incidents/open-incident.ts';
import { changeFeed, type FeedEvent } from './change-feed.ts';

const call = {
  title: 'Щит',
  description: '',
  applicantName: '',
  applicantPhone: '',
  applicantAddress: '',
  asset: '',
  typeId: null,
  assigneeId: null,
};

/** A page: what it knows of each incident, fetched anew when the feed says so. */
function createPage(kit: CoreKit) {
  const known = new Map<number, number>();
  const events: FeedEvent[] = [];
  let seen = 0;
  let stop = new AbortController();
  const read = (ids: readonly number[]) => {
    for (const id of ids) known.set(id, kit.desk.incidents.require(id).revision);
  };
  const follow = async (signal: AbortSignal) => {
    for await (const event of changeFeed(
      { ...kit.desk, changedChats: kit.stores.chats.changedAfter },
      seen,
      signal,
    )) {
      if (signal.aborted) return;
      events.push(event);
      seen = Math.max(seen, event.revision);
      read(event.reset ? kit.desk.incidents.changedAfter(0, 1e6) : event.incidentIds);
    }
  };
  return {
    known,
    events,
    connect() {
      stop = new AbortController();
      void follow(stop.signal);
    },
    disconnect: () => stop.abort(),
  };
}

const truth = (kit: CoreKit) =>
  new Map(
    kit.desk.incidents
      .changedAfter(0, 1e6)
      .map((id) => [id, kit.desk.incidents.require(id).revision] as const)
      .toSorted(([a], [b]) => a - b),
  );
const sorted = (known: ReadonlyMap<number, number>) => new Map([...known].toSorted(([a], [b]) => a - b));
const edit = (kit: CoreKit, id: number) =>
  kit.db.transact((revision) => {
    kit.desk.incidents.save({ ...kit.desk.incidents.require(id), revision });
    kit.db.touch('incident', id);
  });

test('two pages that come and go in any order end up with the same, and that is the truth', async () => {
  const step = fc.oneof(
    fc.constantFrom('open', 'pass', 'first', 'second').map((kind) => ({ kind, at: 0 })),
    fc.nat(20).map((at) => ({ kind: 'edit', at })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const kit = createCoreKit();
      const pages = { first: createPage(kit), second: createPage(kit) };
      const online = { first: false, second: false };
      for (const { kind, at } of steps) {
        if (kind === 'open') openByHand(kit.desk, call, null);
        else if (kind === 'pass') await kit.clock.advance(150);
        else if (kind === 'edit') {
          const ids = [...truth(kit).keys()];
          if (ids.length > 0) edit(kit, ids[at % ids.length]!);
        } else {
          const name = kind as 'first' | 'second';
          if (online[name]) pages[name].disconnect();
          else pages[name].connect();
          online[name] = !online[name];
        }
      }
      for (const name of ['first', 'second'] as const) if (!online[name]) pages[name].connect();
      await kit.clock.advance(500);

      expect(sorted(pages.first.known)).toEqual(truth(kit));
      expect(sorted(pages.second.known)).toEqual(truth(kit));
      pages.first.disconnect();
      pages.second.disconnect();
      await kit.clock.advance(500);
      expect(kit.clock.sleeping).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test('a thousand changes in a second are at most ten events', async () => {
  const kit = createCoreKit();
  const { id } = openByHand(kit.desk, call, null);
  const page = createPage(kit);
  page.connect();
  await kit.clock.advance(200);
  const before = page.events.length;

  for (let turn = 0; turn < 100; turn += 1) {
    for (let each = 0; each < 10; each += 1) edit(kit, id);
    await kit.clock.advance(10);
  }

  expect(page.events.length - before).toBeLessThanOrEqual(11);
  expect(page.known).toEqual(truth(kit));
  page.disconnect();
});

test('a page too far behind is told to reload instead of being sent everything', async () => {
  const kit = createCoreKit();
  const page = createPage(kit);
  openByHand(kit.desk, call, null);
  page.connect();
  await kit.clock.advance(200);
  page.disconnect();
  await kit.clock.advance(200);
  for (let index = 0; index < 501; index += 1) openByHand(kit.desk, call, null);

  page.connect();
  await kit.clock.advance(200);

  expect(page.events.at(-1)).toMatchObject({ reset: true, incidentIds: [] });
  expect(page.known.size).toBe(502);
  page.disconnect();
});

test('a stream that is quiet for long gathers no listeners', async () => {
  const kit = createCoreKit();
  const { id } = openByHand(kit.desk, call, null);
  let listening = 0;
  const stop = new AbortController();
  const { signal } = stop;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...input: Parameters<typeof add>) => ((listening += 1), add(...input)),
    removeEventListener: (...input: Parameters<typeof remove>) => ((listening -= 1), remove(...input)),
  });
  const done = (async () => {
    for await (const _event of changeFeed(
      { ...kit.desk, changedChats: kit.stores.chats.changedAfter },
      0,
      signal,
    ))
      if (signal.aborted) return;
  })();

  for (let turn = 0; turn < 50; turn += 1) {
    edit(kit, id);
    await kit.clock.advance(1000);
  }

  expect(listening).toBeLessThanOrEqual(2);
  stop.abort();
  await done;
});
