import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { toAppError } from '../../shared/errors.ts';
import { endShift, startShift } from './duty.ts';
import { listPeople, savePerson, saveRoster } from './people.ts';
import { createSignIn } from './sign-in.ts';

let kit: CoreKit;

beforeEach(() => {
  kit = createCoreKit();
});

const duty = () => ({ ...kit.desk, assignWaiting: () => 0 });
const blank = { role: 'dispatcher', email: '', phone: '', active: true } as const;
const withPin = (pin: string) => savePerson(kit.desk, { ...blank, name: 'Орлова', pin }, null);
const reasonOf = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    return toAppError(thrown).reason;
  }
  return 'none';
};

describe('signing in', () => {
  test('asks for the PIN, refuses a wrong one, takes the right one', () => {
    const id = withPin('2468');
    const { signIn } = createSignIn(kit.desk);
    const as = (pin?: string) => () => signIn({ personId: id, pin, sessionId: 's' });

    expect([reasonOf(as()), reasonOf(as('1111')), reasonOf(as('2468'))]).toEqual([
      'pin-needed',
      'pin-wrong',
      'none',
    ]);
  });

  test(
    'lets a PIN be guessed five times at once and then once in thirty seconds',
    { timeout: 30_000 },
    async () => {
      const id = withPin('2468');
      const { signIn } = createSignIn(kit.desk);
      const guess = (pin: string) => reasonOf(() => signIn({ personId: id, pin, sessionId: 's' }));

      expect(['1', '2', '3', '4', '5'].map((n) => guess(`000${n}`))).toEqual(Array(5).fill('pin-wrong'));
      expect([guess('0006'), guess('2468')]).toEqual(['pin-tries', 'pin-tries']);

      await kit.clock.advance(30_000);
      expect(guess('2468')).toBe('none');
    },
  );

  test('keeps no PIN and no session key that could be read from the database', () => {
    const id = withPin('2468');
    const { key } = createSignIn(kit.desk).signIn({ personId: id, pin: '2468', sessionId: 's' });

    const stored = JSON.stringify([
      kit.db.connection.prepare('SELECT * FROM person').all(),
      kit.db.connection.prepare('SELECT * FROM session_key').all(),
      kit.db.connection.prepare('SELECT * FROM journal').all(),
    ]);

    expect(stored).not.toContain('2468');
    expect(stored).not.toContain(key);
  });

  test('survives a restart of the desk by its key, and ends with signing out', () => {
    const id = kit.addPerson('Орлова');
    const { key } = createSignIn(kit.desk).signIn({ personId: id, pin: undefined, sessionId: 's' });

    const afterRestart = createSignIn(kit.desk);
    expect(afterRestart.resume(key).id).toBe(id);

    afterRestart.signOut(key);
    expect(reasonOf(() => afterRestart.resume(key))).toBe('session-ended');
  });
});

describe('somebody who no longer works here', () => {
  test('is signed out everywhere, cannot sign in and takes no shift', () => {
    const [leaver] = [kit.addPerson('Ким', false), kit.addPerson('Орлова')];
    const signIn = createSignIn(kit.desk);
    const { key } = signIn.signIn({ personId: leaver, pin: undefined, sessionId: 's' });

    savePerson(kit.desk, { ...blank, id: leaver, name: 'Ким', active: false }, null);

    expect(reasonOf(() => signIn.resume(key))).toBe('session-ended');
    expect(reasonOf(() => signIn.signIn({ personId: leaver, pin: undefined, sessionId: 's' }))).toBe(
      'person-inactive',
    );
    startShift(duty(), leaver, null);
    expect(kit.desk.people.openShift(leaver)).toBeUndefined();
  });

  test('must first go off duty', () => {
    const [leaver] = [kit.addPerson('Ким'), kit.addPerson('Орлова')];
    const leave = () => savePerson(kit.desk, { ...blank, id: leaver, name: 'Ким', active: false }, null);
    expect(reasonOf(leave)).toBe('on-duty');

    endShift(duty(), leaver, null);

    expect(reasonOf(leave)).toBe('none');
  });

  test('is never the last one who could sign in', () => {
    const id = kit.addPerson('Орлова', false);
    const leave = () => savePerson(kit.desk, { ...blank, id, name: 'Орлова', active: false }, null);

    expect(reasonOf(leave)).toBe('last-person');
    expect(listPeople(kit.desk)).toMatchObject([{ active: true }]);
  });
});

test('keeps the PIN when a person is edited without one, and removes it when told to', () => {
  const id = withPin('2468');
  savePerson(kit.desk, { ...blank, id, name: 'Орлова О.' }, null);
  expect(listPeople(kit.desk)).toMatchObject([{ name: 'Орлова О.', hasPin: true }]);

  savePerson(kit.desk, { ...blank, id, name: 'Орлова О.', pin: null }, null);
  expect(listPeople(kit.desk)).toMatchObject([{ hasPin: false }]);
});

test('refuses a roster in a time zone nobody knows, and keeps the old one', () => {
  const id = kit.addPerson('Орлова');
  const line = { weekdays: 1, startsMinute: 0, endsMinute: 60, zone: 'Europe/Moscow' };
  saveRoster(kit.desk, id, [line], null);

  expect(reasonOf(() => saveRoster(kit.desk, id, [{ ...line, zone: 'Mars/Base' }], null))).toBe(
    'zone-unknown',
  );
  expect(kit.desk.people.rules()).toMatchObject([{ zone: 'Europe/Moscow' }]);
});
