import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Db } from '../db/open.ts';
import type { SecretStore } from '../db/secret-store.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { openWith, sealedPrefix, sealWith, unreadable } from './data-key.ts';
import { cleanGroup, deriveKey, makeRecoveryKey, presentCost, readRecoveryKey } from './recovery-key.ts';

export type VaultState = {
  /** The desk's key cannot be opened here: another computer, or its keyring is lost or locked. */
  readonly locked: boolean;
  readonly recoveryMadeAt: number | null;
};

/**
 * The desk's own key, which seals its secrets. It lies in the database twice: sealed by this computer, and wrapped by
 * the recovery key, so that a backup can be opened elsewhere by whoever holds that key on paper, and by nobody else.
 */
export type Vault = {
  /** Seals with the desk's key; what the shell sealed before stays readable. */
  readonly box: SecretBox;
  state(): VaultState;
  /** A new key, shown once and stored nowhere until two of its groups have been typed; groups are counted from 0. */
  beginRecovery(): { readonly key: string; readonly ask: readonly [number, number] };
  /**
   * From now on this key opens the desk and every older one does not. Throws `invalid-input` (reason
   * `recovery-groups-differ`), `conflict` (reasons `recovery-not-begun`, `secrets-locked`).
   */
  confirmRecovery(groups: readonly [string, string], actor: number | null): Promise<void>;
  /** The key on paper opens nothing any more. */
  removeRecovery(actor: number | null): void;
  /**
   * Throws `invalid-input` (`recovery-key-mistyped`), `denied` (`recovery-key-wrong`), `rate-limited` (`recovery-wait`,
   * both with `seconds`), `conflict` (`recovery-key-none`). On a desk that is not locked it only tries the key.
   */
  unlock(recoveryKey: string, actor: number | null): Promise<void>;
  /** Gives up what nobody can open: a new key, and secrets are entered again. */
  startAfresh(actor: number | null): void;
};

type Parts = {
  readonly db: Db;
  readonly store: SettingStore;
  readonly secrets: SecretStore;
  readonly journal: Journal;
  /** The shell's. */
  readonly shellBox: SecretBox;
  readonly clock: Clock;
  readonly random: Random;
};

const row = z.object({
  version: z.literal(1),
  /** By the kind of the shell's box: a desk may be opened in a browser today and in a window tomorrow. */
  sealed: z.record(z.string(), z.string()),
  recovery: z
    .object({
      salt: z.string(),
      wrapped: z.string(),
      N: z.int(),
      r: z.int(),
      p: z.int(),
      madeAt: z.int(),
    })
    .nullable(),
});
type Row = z.infer<typeof row>;

const name = 'vault';
const wrapLabel = 'pult recovery v1';
const keyBytes = 32;
const firstWaitMs = 2000;
const longestWaitMs = 60_000;

export function createVault(parts: Parts): Vault {
  const { db, store, journal, shellBox, clock, random } = parts;
  let key: Buffer | undefined;
  let pending: { readonly key: string; readonly ask: readonly [number, number] } | undefined;
  let failures = 0;
  let blockedUntil = Number.NEGATIVE_INFINITY;

  const read = (): Row | undefined => row.safeParse(store.get(name)).data;
  const write = (next: Row, revision: number) => store.set(name, next, revision);
  const tell = (kind: 'desk.recovery-key-made' | 'desk.recovery-key-removed', actor: number | null) =>
    journal.append({ kind, subject: 'desk', subjectId: 0, actorId: actor, facts: {} });

  function openHere({ sealed }: Row): Buffer | undefined {
    const kinds = [shellBox.kind, ...Object.keys(sealed).filter((kind) => kind !== shellBox.kind)];
    for (const kind of kinds) {
      const text = sealed[kind];
      if (text === undefined) continue;
      try {
        return Buffer.from(shellBox.open(text), 'base64');
      } catch {
        // Sealed on another computer or in another shell: the next one may open.
      }
    }
    return undefined;
  }

  /** Another key for everything, in one transaction: whoever held the old one opens nothing of what comes after. */
  function replaceKey(recovery: Row['recovery'], next: Buffer, revision: number): void {
    for (const value of parts.secrets.all()) {
      const plain = tryOpen(value.sealed);
      if (plain === undefined) continue;
      const sealed = sealedPrefix + sealWith(next, sealedPrefix, Buffer.from(plain), random);
      parts.secrets.replace({ ...value, sealed }, revision);
    }
    write(
      { version: 1, sealed: { [shellBox.kind]: shellBox.seal(next.toString('base64')) }, recovery },
      revision,
    );
    db.touch('account');
    db.touch('setting');
    db.afterCommit(() => {
      key = next;
    });
  }

  function open(sealed: string): string {
    if (!sealed.startsWith(sealedPrefix)) return shellBox.open(sealed);
    const plain = key && openWith(key, sealedPrefix, sealed.slice(sealedPrefix.length));
    if (!plain) throw unreadable(key === undefined);
    return plain.toString('utf8');
  }

  function tryOpen(sealed: string): string | undefined {
    try {
      return open(sealed);
    } catch {
      // Left as it is: its owner is asked for it again.
      return undefined;
    }
  }

  function begin(): void {
    const known = read();
    if (known) {
      key = openHere(known);
      const isSealedHere = known.sealed[shellBox.kind] !== undefined;
      if (key && !isSealedHere) db.transact((revision) => rememberHere(known, revision));
      return;
    }
    // Secrets from before there was a key of the desk's own, or none at all: a new desk.
    db.transact((revision) => replaceKey(null, Buffer.from(random.bytes(keyBytes)), revision));
  }

  function rememberHere(known: Row, revision: number): void {
    if (!key) return;
    const here = { [shellBox.kind]: shellBox.seal(key.toString('base64')) };
    write({ ...known, sealed: { ...known.sealed, ...here } }, revision);
  }

  function requireCalm(): void {
    const waitMs = blockedUntil - clock.elapsed();
    if (waitMs <= 0) return;
    throw new AppError('rate-limited', {
      details: { reason: 'recovery-wait', seconds: Math.ceil(waitMs / 1000) },
      retryAfterMs: waitMs,
    });
  }

  function refuse(): never {
    const waitMs = Math.min(firstWaitMs * 2 ** failures, longestWaitMs);
    failures += 1;
    blockedUntil = clock.elapsed() + waitMs;
    throw new AppError('denied', { details: { reason: 'recovery-key-wrong', seconds: waitMs / 1000 } });
  }

  begin();
  return {
    box: {
      kind: shellBox.kind,
      seal: (plain) =>
        key ? sealedPrefix + sealWith(key, sealedPrefix, Buffer.from(plain), random) : shellBox.seal(plain),
      open,
    },
    state: () => ({ locked: key === undefined, recoveryMadeAt: read()?.recovery?.madeAt ?? null }),
    beginRecovery() {
      const first = Math.floor(random.number() * 8);
      const second = (first + 1 + Math.floor(random.number() * 7)) % 8;
      pending = { key: makeRecoveryKey(random), ask: [Math.min(first, second), Math.max(first, second)] };
      return pending;
    },
    async confirmRecovery(groups, actor) {
      const asked = pending;
      if (!asked) throw new AppError('conflict', { details: { reason: 'recovery-not-begun' } });
      if (!key) throw new AppError('conflict', { details: { reason: 'secrets-locked' } });
      const wanted = asked.key.split('-');
      if (asked.ask.some((group, index) => cleanGroup(groups[index] ?? '') !== wanted[group])) {
        throw new AppError('invalid-input', { details: { reason: 'recovery-groups-differ' } });
      }
      const salt = Buffer.from(random.bytes(16));
      const wrapping = await deriveKey(asked.key, salt, presentCost);
      const next = Buffer.from(random.bytes(keyBytes));
      const wrapped = sealWith(wrapping, wrapLabel, next, random);
      const recovery = { salt: salt.toString('base64'), wrapped, ...presentCost, madeAt: clock.now() };
      db.transact((revision) => {
        replaceKey(recovery, next, revision);
        tell('desk.recovery-key-made', actor);
      });
      pending = undefined;
    },
    removeRecovery(actor) {
      if (!key) throw new AppError('conflict', { details: { reason: 'secrets-locked' } });
      db.transact((revision) => {
        replaceKey(null, Buffer.from(random.bytes(keyBytes)), revision);
        tell('desk.recovery-key-removed', actor);
      });
    },
    async unlock(recoveryKey, actor) {
      requireCalm();
      const known = read();
      if (!known?.recovery) throw new AppError('conflict', { details: { reason: 'recovery-key-none' } });
      const { salt, wrapped, N, r, p } = known.recovery;
      const spelled = readRecoveryKey(recoveryKey);
      const wrapping = await deriveKey(spelled, Buffer.from(salt, 'base64'), { N, r, p });
      const found = openWith(wrapping, wrapLabel, wrapped);
      if (!found) refuse();
      failures = 0;
      if (key) return;
      key = found;
      db.transact((revision) => {
        rememberHere(known, revision);
        journal.append({
          kind: 'desk.secrets-unlocked',
          subject: 'desk',
          subjectId: 0,
          actorId: actor,
          facts: {},
        });
        db.touch('account');
        db.touch('setting');
      });
    },
    startAfresh(actor) {
      if (key) return;
      db.transact((revision) => {
        replaceKey(null, Buffer.from(random.bytes(keyBytes)), revision);
        journal.append({
          kind: 'desk.secrets-given-up',
          subject: 'desk',
          subjectId: 0,
          actorId: actor,
          facts: {},
        });
      });
    },
  };
}
