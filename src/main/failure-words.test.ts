import { expect, test } from 'vitest';
import { AppError } from '../shared/errors.ts';
import { failureWords } from './failure-words.ts';

const startFailure = (reason: string, path?: string) =>
  new AppError('conflict', { message: 'English', details: { reason, ...(path ? { path } : {}) } });

test.each(['data-dir-in-use', 'data-dir-unwritable', 'network-drive', 'database-newer', 'database-damaged'])(
  'a desk that cannot start because of %s says so in Russian',
  (reason) => {
    expect(failureWords(startFailure(reason))).toMatch(/[а-я]{4}.*\.$/i);
  },
);

test('a folder that cannot be used is named', () => {
  expect(failureWords(startFailure('network-drive', '/mnt/share'))).toMatch(/\n\/mnt\/share$/);
});

test('a case without words keeps its message', () => {
  expect([failureWords(startFailure('provision')), failureWords(new Error('No display'))]).toEqual([
    'English',
    'No display',
  ]);
});
