import { expect, test } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { noChange, type FeedChange } from './feed.ts';
import { createServerData } from './server-data.ts';

function setUp(answers: (() => Promise<string>)[]) {
  let tell: (change: FeedChange) => void = () => undefined;
  let asked = 0;
  const data = createServerData({
    load: () => {
      asked += 1;
      const answer = answers.shift();
      return answer ? answer() : Promise.reject(new AppError('unavailable'));
    },
    feed: {
      on: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
    kinds: ['outbox'],
  });
  return {
    data,
    asked: () => asked,
    change: (kind: 'outbox' | 'draft') => tell({ ...noChange, kinds: new Set([kind]) }),
  };
}

test('reads again only after a change of what it shows', async () => {
  const { data, asked, change } = setUp([async () => 'one', async () => 'two']);
  data.start();
  await expect.poll(() => data.store.getState().data).toBe('one');

  change('draft');
  expect(asked()).toBe(1);
  change('outbox');

  await expect.poll(() => data.store.getState().data).toBe('two');
});

test('keeps the old data on the screen when the new cannot be had', async () => {
  const { data, change } = setUp([async () => 'one']);
  data.start();
  await expect.poll(() => data.store.getState().status).toBe('live');

  change('outbox');

  await expect.poll(() => data.store.getState().status).toBe('stale');
  expect(data.store.getState().data).toBe('one');
});

test('a slow old answer never replaces a newer one', async () => {
  let release: (value: string) => void = () => undefined;
  const slow = new Promise<string>((resolve) => {
    release = resolve;
  });
  const { data, change } = setUp([() => slow, async () => 'new']);
  data.start();
  change('outbox');
  await expect.poll(() => data.store.getState().data).toBe('new');

  release('old');
  await slow;

  expect(data.store.getState().data).toBe('new');
});
