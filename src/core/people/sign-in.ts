import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { PersonRecord } from '../db/person-store.ts';
import type { PeopleParts } from './people.ts';
import { isPin } from './pin.ts';

/** Wrong PINs in a row before each further try must wait. */
const freeTries = 5;
const waitMs = 30_000;

export type SignIn = {
  /** Throws `denied` (reasons `pin-needed`, `pin-wrong`, `person-inactive`) or `rate-limited`. Returns the session's key. */
  signIn(input: {
    readonly personId: number;
    readonly pin: string | undefined;
    readonly sessionId: string;
  }): {
    readonly person: PersonRecord;
    readonly key: string;
  };
  /** Throws `denied` (reason `session-ended`). */
  resume(key: string): PersonRecord;
  signOut(key: string): void;
};

export function createSignIn(parts: PeopleParts): SignIn {
  const misses = new Map<number, { count: number; at: number }>();

  function checkPin(person: PersonRecord, pin: string | undefined): void {
    if (person.pinHash === null) return;
    if (pin === undefined) throw new AppError('denied', { details: { reason: 'pin-needed' } });
    const now = parts.clock.now();
    const missed = misses.get(person.id);
    if (missed && missed.count >= freeTries && now - missed.at < waitMs) {
      throw new AppError('rate-limited', {
        details: { reason: 'pin-tries' },
        retryAfterMs: missed.at + waitMs - now,
      });
    }
    if (!isPin(pin, person.pinHash)) {
      misses.set(person.id, { count: (missed?.count ?? 0) + 1, at: now });
      throw new AppError('denied', { details: { reason: 'pin-wrong' } });
    }
    misses.delete(person.id);
  }

  return {
    signIn({ personId, pin, sessionId }) {
      const person = requireActive(parts.people.require(personId));
      checkPin(person, pin);
      const key = Buffer.from(parts.random.bytes(32)).toString('base64url');
      parts.db.transact(() => {
        parts.people.insertKey(hashOf(key), person.id, parts.clock.now());
        parts.journal.append({
          kind: 'person.signed-in',
          subject: 'person',
          subjectId: person.id,
          actorId: person.id,
          facts: { sessionId },
        });
      });
      return { person, key };
    },
    resume(key) {
      const personId = parts.people.personOfKey(hashOf(key));
      if (personId === undefined) throw new AppError('denied', { details: { reason: 'session-ended' } });
      return requireActive(parts.people.require(personId));
    },
    signOut(key) {
      parts.db.transact(() => parts.people.removeKey(hashOf(key)));
    },
  };
}

function requireActive(person: PersonRecord): PersonRecord {
  if (person.active === 0) throw new AppError('denied', { details: { reason: 'person-inactive' } });
  return person;
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
