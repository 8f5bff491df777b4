import type { FurtherAddress } from '../../shared/contract/common.ts';
import type { Person, RosterRule } from '../../shared/contract/session.ts';
import type { PersonFacts } from '../../shared/domain/journal-kinds.ts';
import type { RosterFacts } from '../../shared/domain/reaching-facts.ts';
import { isZone } from '../../shared/domain/roster.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { Db } from '../db/open.ts';
import type { PersonRecord, PersonStore } from '../db/person-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { hashPin } from './pin.ts';

export type PeopleParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly people: PersonStore;
};

export type SavePerson = {
  readonly id?: number | undefined;
  readonly name: string;
  readonly role: 'dispatcher' | 'lead';
  readonly email: string;
  readonly phone: string;
  /** undefined keeps them. */
  readonly addresses?: readonly FurtherAddress[] | undefined;
  readonly active: boolean;
  /** undefined keeps the PIN, null removes it. */
  readonly pin?: string | null | undefined;
};

export type RosterLine = Omit<RosterRule, 'id' | 'personId'>;

/** Throws `conflict` (reasons `last-person`, `on-duty`) when somebody who cannot be spared is put out of work. */
export function savePerson(parts: PeopleParts, input: SavePerson, actor: number | null): number {
  return parts.db.transact((revision) => {
    const before = input.id === undefined ? undefined : parts.people.require(input.id);
    if (before?.active === 1 && !input.active) dismissFromWork(parts, before.id);
    const was = before && factsOf(before);
    const now = parts.clock.now();
    const record = {
      uuid: before?.uuid ?? uuidv7(now, parts.random.bytes(10)),
      name: input.name,
      role: input.role,
      email: input.email,
      phone: input.phone,
      pinHash: pinHashOf(parts, input.pin, before),
      active: input.active ? 1 : 0,
      createdAt: before?.createdAt ?? now,
      revision,
    };
    const id = before?.id ?? parts.people.insert(record);
    if (before) parts.people.save({ ...record, id });
    if (input.addresses) parts.people.setAddresses(id, input.addresses);
    parts.journal.append({
      kind: 'person.saved',
      subject: 'person',
      subjectId: id,
      actorId: actor,
      facts: {
        name: input.name,
        role: input.role,
        active: input.active,
        before: was ?? null,
        after: factsOf(record),
      },
    });
    parts.db.touch('person');
    return id;
  });
}

function factsOf({
  name,
  role,
  email,
  phone,
  active,
}: Pick<PersonRecord, 'name' | 'role' | 'email' | 'phone' | 'active'>): PersonFacts {
  return { name, role, email, phone, active: active === 1 };
}

/** Without an active person nobody can sign in any more; whoever leaves is signed out everywhere. */
function dismissFromWork({ people }: PeopleParts, id: number): void {
  if (!people.all().some((person) => person.active === 1 && person.id !== id)) {
    throw new AppError('conflict', { details: { reason: 'last-person' } });
  }
  if (people.openShift(id)) throw new AppError('conflict', { details: { reason: 'on-duty' } });
  people.removeKeysOf(id);
}

function pinHashOf(
  parts: PeopleParts,
  pin: string | null | undefined,
  before: PersonRecord | undefined,
): string | null {
  if (pin === undefined) return before?.pinHash ?? null;
  return pin === null ? null : hashPin(pin, parts.random);
}

/** Throws `invalid-input` (reason `zone-unknown`). */
export function saveRoster(
  parts: PeopleParts,
  personId: number,
  lines: readonly RosterLine[],
  actor: number | null,
): void {
  const unknown = lines.find(({ zone }) => !isZone(zone));
  if (unknown) {
    throw new AppError('invalid-input', { details: { reason: 'zone-unknown', zone: unknown.zone } });
  }
  parts.db.transact((revision) => {
    parts.people.require(personId);
    const before = rosterOf(parts, personId);
    parts.people.setRules(personId, lines, revision);
    parts.journal.append({
      kind: 'person.roster-saved',
      subject: 'person',
      subjectId: personId,
      actorId: actor,
      facts: { rules: lines.length, before, after: rosterOf(parts, personId) },
    });
    parts.db.touch('person');
    parts.db.touch('shift');
  });
}

export function rosterOf({ people }: Pick<PeopleParts, 'people'>, personId: number): RosterFacts[] {
  return people
    .rules()
    .filter((rule) => rule.personId === personId)
    .map(({ weekdays, startsMinute, endsMinute, zone }) => ({ weekdays, startsMinute, endsMinute, zone }));
}

/** Everybody with duty and load, as the page shows them. */
export function listPeople({ people }: Pick<PeopleParts, 'people'>): Person[] {
  const shifts = new Map(people.openShifts().map((shift) => [shift.personId, shift.startedAt]));
  const loads = new Map(people.allLoads().map((row) => [row.personId, row.load]));
  return people.all().map((record) => ({
    ...toPerson(record, shifts.get(record.id) ?? null, loads.get(record.id) ?? 0),
    addresses: people.addresses(record.id),
  }));
}

function toPerson(record: PersonRecord, onDutySince: number | null, load: number): Omit<Person, 'addresses'> {
  return {
    id: record.id,
    name: record.name,
    role: record.role,
    email: record.email,
    phone: record.phone,
    active: record.active === 1,
    hasPin: record.pinHash !== null,
    onDutySince,
    load,
  };
}
