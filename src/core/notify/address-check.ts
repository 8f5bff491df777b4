import { createHash, timingSafeEqual } from 'node:crypto';
import type { AddressState } from '../../shared/contract/ladders.ts';
import { addressKey, channelOfKind, type AddressKind } from '../../shared/domain/address-key.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { AddressStateStore } from '../db/address-state-store.ts';
import { addressesOf, chooseRoute } from './addresses-of.ts';
import { notify } from './notify.ts';
import type { NotifyParts } from './parts.ts';

export type CheckParts = Omit<NotifyParts, 'addressStates'> & {
  readonly addressStates: AddressStateStore;
  /** In the language of the desk. */
  readonly checkWords: (code: string, minutes: number) => { readonly title: string; readonly text: string };
  /** What stands for the service's words when a dispatcher marks an address dead. */
  readonly deadByHand: () => string;
};

type Address = { readonly kind: AddressKind; readonly value: string };

const codeMinutes = 15;
const codeLivesMs = codeMinutes * 60_000;
const mostTries = 5;
/** An SMS costs money, and takes a while. */
const leastGapMs = 60_000;
/** In messengers people are bound by a link: that is their verification. */
const checkedKinds: ReadonlySet<AddressKind> = new Set(['email', 'phone', 'whatsapp', 'push']);

export function addressStateOf(
  { addressStates }: Pick<CheckParts, 'addressStates'>,
  address: Address,
): AddressState {
  const { verifiedAt, deadAt, deadReason, codeHash, codeExpiresAt } = addressStates.get(
    address.kind,
    address.value,
  );
  return {
    ...address,
    verifiedAt,
    deadAt,
    deadBecause: deadReason,
    codeUntil: codeHash === null ? null : codeExpiresAt,
  };
}

/**
 * Sends a code to the address over its channel. Throws `conflict` (reasons `address-not-theirs`, `code-no-route`),
 * `invalid-input` (reason `address-not-checked`), `rate-limited` (reason `code-too-soon`).
 */
export function sendCode(
  parts: CheckParts,
  { owner, address }: { readonly owner: Party; readonly address: Address },
  actor: number,
): { readonly codeUntil: number } {
  const channel = channelOfKind[address.kind];
  if (channel === null || !checkedKinds.has(address.kind)) {
    throw new AppError('invalid-input', { details: { reason: 'address-not-checked' } });
  }
  return parts.db.transact((revision) => {
    const isTheirs = addressesOf(parts, owner).some((own) => isSameAddress(own, address));
    if (!isTheirs) throw new AppError('conflict', { details: { reason: 'address-not-theirs' } });
    const now = parts.clock.now();
    const before = parts.addressStates.get(address.kind, address.value);
    const sentAt = (before.codeExpiresAt ?? 0) - codeLivesMs;
    if (before.codeExpiresAt !== null && now - sentAt < leastGapMs && now >= sentAt) {
      throw new AppError('rate-limited', {
        details: { reason: 'code-too-soon', seconds: Math.ceil((sentAt + leastGapMs - now) / 1000) },
        retryAfterMs: sentAt + leastGapMs - now,
      });
    }
    if (!chooseRoute(parts, { channel, address: address.value }, owner).route) {
      throw new AppError('conflict', { details: { reason: 'code-no-route' } });
    }
    const code = sixDigits(parts);
    const codeUntil = now + codeLivesMs;
    parts.addressStates.set(
      address.kind,
      address.value,
      {
        ...before,
        codeHash: hashCode(code, Buffer.from(parts.random.bytes(12)).toString('hex')),
        codeExpiresAt: codeUntil,
        codeTries: 0,
      },
      revision,
    );
    notify(
      parts,
      {
        to: owner,
        kind: 'check',
        urgency: 'urgent',
        ...parts.checkWords(code, codeMinutes),
        verbs: [],
        createdBy: actor,
        passesOn: false,
        only: channel,
        address: address.value,
      },
      revision,
    );
    parts.journal.append({
      kind: 'address.code-sent',
      subject: owner.kind,
      subjectId: owner.id,
      actorId: actor,
      facts: { ...address, owner },
    });
    parts.db.touch('route');
    return { codeUntil };
  });
}

type Confirmed = {
  readonly outcome: 'verified' | 'wrong' | 'expired' | 'too-many';
  readonly triesLeft: number;
};

/** What the person said. A wrong one is counted: it must not be thrown away with a transaction. */
export function confirmCode(
  { addressStates, db, clock, journal }: CheckParts,
  { address, code }: { readonly address: Address; readonly code: string },
  actor: number,
): Confirmed {
  const { kind, value } = address;
  return db.transact((revision) => {
    const before = addressStates.get(kind, value);
    const now = clock.now();
    if (before.codeHash === null || before.codeExpiresAt === null || before.codeExpiresAt <= now) {
      return { outcome: 'expired', triesLeft: 0 };
    }
    if (before.codeTries >= mostTries) return { outcome: 'too-many', triesLeft: 0 };
    db.touch('route');
    if (!isCode(code.replaceAll(/\D/g, ''), before.codeHash)) {
      const codeTries = before.codeTries + 1;
      addressStates.set(kind, value, { ...before, codeTries }, revision);
      const triesLeft = mostTries - codeTries;
      return { outcome: triesLeft > 0 ? 'wrong' : 'too-many', triesLeft };
    }
    // The code is spent, and whoever reads there shows that the address lives.
    const verified = { ...before, verifiedAt: now, codeHash: null, codeExpiresAt: null, codeTries: 0 };
    addressStates.set(kind, value, { ...verified, deadAt: null, deadReason: null }, revision);
    journal.append({
      kind: 'address.verified',
      subject: 'setting',
      subjectId: 0,
      actorId: actor,
      facts: address,
    });
    return { outcome: 'verified', triesLeft: mostTries - before.codeTries };
  });
}

/** Nothing goes there any more, or again. */
export function setAddressDead(
  { addressStates, db, clock, journal, deadByHand }: CheckParts,
  { address: { kind, value }, dead }: { readonly address: Address; readonly dead: boolean },
  actor: number,
): { readonly undo: number | null } {
  return db.transact((revision) => {
    const before = addressStates.get(kind, value);
    if ((before.deadAt !== null) === dead) return { undo: null };
    const deadAt = dead ? clock.now() : null;
    addressStates.set(kind, value, { ...before, deadAt, deadReason: dead ? deadByHand() : null }, revision);
    db.touch('route');
    return {
      undo: journal.append({
        kind: 'address.dead-set',
        subject: 'setting',
        subjectId: 0,
        actorId: actor,
        facts: { kind, value, dead },
      }),
    };
  });
}

function isSameAddress(a: Address, b: Address): boolean {
  return a.kind === b.kind && addressKey(a.kind, a.value) === addressKey(b.kind, b.value);
}

function sixDigits({ random }: Pick<CheckParts, 'random'>): string {
  const number = Buffer.from(random.bytes(4)).readUInt32BE() % 1_000_000;
  return String(number).padStart(6, '0');
}

/** It lives for minutes and has five tries: a slow hash would only hold the desk up. */
function hashCode(code: string, salt: string): string {
  return `${salt}$${createHash('sha256').update(`${salt}$${code}`).digest('hex')}`;
}

function isCode(code: string, hash: string): boolean {
  const [salt = ''] = hash.split('$');
  return timingSafeEqual(Buffer.from(hashCode(code, salt)), Buffer.from(hash));
}
