import { expect, test } from 'vitest';
import type { AssetRow } from '../../../shared/contract/assets.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import { noChange, type FeedChange } from '../../lib/feed.ts';
import { createAssetList, noFilter } from './asset-list.ts';

type Answer = { readonly total: number; readonly rows: readonly AssetRow[] };
type Asked = {
  readonly text: string;
  readonly offset: number;
  readonly answer: (total: number) => void;
  readonly fail: () => void;
};

/** Every question waits until the test answers it. */
function open() {
  const asked: Asked[] = [];
  let tell: (change: FeedChange) => void = () => undefined;
  const list = (input: { readonly text: string; readonly offset: number; readonly limit: number }) =>
    new Promise<Answer>((resolve, reject) => {
      asked.push({
        ...input,
        answer: (total) => resolve({ total, rows: [{ id: input.offset + 1 } as AssetRow] }),
        fail: () => reject(new AppError('unavailable')),
      });
    });
  const assets = createAssetList({
    rpc: { assets: { list } } as unknown as Rpc,
    feed: {
      store: undefined as never,
      start: () => undefined,
      on(listener) {
        tell = listener;
        return () => undefined;
      },
    },
  });
  assets.start(new AbortController().signal);
  return { assets, asked, changed: () => tell({ ...noChange, kinds: new Set(['asset']) }) };
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

test('an answer to an earlier search does not replace the later one', async () => {
  const { assets, asked } = open();
  assets.choose({ ...noFilter, text: 'KA' });
  asked[1]?.answer(2);
  await settle();
  asked[0]?.answer(130_000);
  await settle();

  expect(assets.store.getState().total).toBe(2);
});

test('a place is asked for once, however often it is looked at', async () => {
  const { assets, asked } = open();
  asked[0]?.answer(130_000);
  await settle();
  assets.see(64_990, 65_010);
  assets.see(64_995, 65_015);

  expect(asked.map(({ offset }) => offset)).toEqual([0, 64_900, 65_000]);
});

test('an import that tells of every chunk makes one question at a time', async () => {
  const { asked, changed } = open();
  asked[0]?.answer(10);
  await settle();
  for (let chunk = 0; chunk < 50; chunk += 1) changed();
  expect(asked).toHaveLength(2);
  asked[1]?.answer(20);
  await settle();

  expect(asked).toHaveLength(3);
});

test('what was on the screen stays there while core cannot be reached, and the page is asked again', async () => {
  const { assets, asked, changed } = open();
  asked[0]?.answer(10);
  await settle();
  changed();
  asked[1]?.fail();
  await settle();
  expect(assets.store.getState()).toMatchObject({ status: 'stale', total: 10 });
  assets.see(0, 5);
  asked[2]?.answer(11);
  await settle();

  expect(assets.store.getState()).toMatchObject({ status: 'live', total: 11 });
});
