import { beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { createTelegramStore } from '../db/telegram-store.ts';
import { createLoginAttempts, type LoginAttempts } from './login-attempts.ts';

let kit: CoreKit;
let attempts: LoginAttempts;

beforeEach(() => {
  kit = createCoreKit();
  attempts = createLoginAttempts({ db: kit.db, store: createTelegramStore(kit.db), clock: kit.clock });
});

test('a try that is under way is not in the list, and one nobody settled stands as cancelled', () => {
  attempts.begin('qr', null);
  expect(attempts.list()).toEqual([]);
  const later = createLoginAttempts({ db: kit.db, store: createTelegramStore(kit.db), clock: kit.clock });

  expect(later.list()).toMatchObject([{ kind: 'qr', result: 'cancelled', actorId: null }]);
});

test('the first word about a try counts', () => {
  const attempt = attempts.begin('phone', null);
  attempt.settle('ok');
  attempt.settle('network-unreachable');

  expect(attempts.list()).toMatchObject([{ kind: 'phone', result: 'ok' }]);
});

test('only guesses that missed count as misses', () => {
  for (const result of ['ok', 'timeout', 'flood-wait', 'code-expired', 'network-unreachable', 'ok']) {
    attempts.begin('code', null).settle(result);
  }
  expect(attempts.guessFrom()).toBe(0);
  for (let n = 0; n < 5; n += 1) attempts.begin('password', null).settle('password-wrong');

  expect(attempts.guessFrom()).toBe(kit.clock.now() + 3_600_000);
});

test('a clock set back makes nobody wait for longer than the window', () => {
  for (let n = 0; n < 5; n += 1) attempts.begin('qr', null).settle('cancelled');
  expect(attempts.beginFrom()).toBe(kit.clock.now() + 600_000);
  kit.clock.jump(-86_400_000);

  expect(attempts.beginFrom()).toBe(0);
});
