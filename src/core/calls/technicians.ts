import type { Skill } from '../../shared/contract/technicians.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { Db } from '../db/open.ts';
import type { OnCallStore } from '../db/on-call-store.ts';
import type { TechnicianFields, TechnicianRecord, TechnicianStore } from '../db/technician-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

export type TechnicianParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly technicians: TechnicianStore;
  readonly onCall: OnCallStore;
};

export type SaveTechnician = TechnicianFields & { readonly contactId: number };

/** Throws `not-found` (reason `technician`): somebody of another kind has no skills. */
export function saveTechnician(
  { db, journal, technicians }: TechnicianParts,
  { contactId, ...fields }: SaveTechnician,
  actor: number,
): void {
  db.transact((revision) => {
    const before = technicians.require(contactId);
    technicians.save(contactId, fields, revision);
    journal.append({
      kind: 'technician.saved',
      subject: 'contact',
      subjectId: contactId,
      actorId: actor,
      facts: {
        name: before.name,
        before: fieldsOf(before),
        after: fieldsOf(technicians.require(contactId)),
      },
    });
    db.touch('technician');
  });
}

/** What a person says of a technician, in one order: two that say the same are equal. */
export function fieldsOf({
  skillIds,
  regionIds,
  availability,
  availableUntil,
  mostCalls,
}: TechnicianRecord): TechnicianFields {
  return {
    skillIds: skillIds.toSorted((a, b) => a - b),
    regionIds: regionIds.toSorted((a, b) => a - b),
    availability,
    availableUntil,
    mostCalls,
  };
}

export type SaveSkill = Pick<Skill, 'name' | 'nameEn' | 'active'> & { readonly id?: number | undefined };

/** Throws `not-found` (reason `skill`). */
export function saveSkill(parts: TechnicianParts, { id, ...skill }: SaveSkill, actor: number): number {
  const { db, journal, clock, random, technicians } = parts;
  return db.transact((revision) => {
    const known = technicians.skills();
    const before = id === undefined ? undefined : requireSkill(technicians, id);
    const key = before?.key ?? uuidv7(clock.now(), random.bytes(10));
    const skillId =
      before?.id ?? technicians.insertSkill({ ...skill, key, position: known.length }, revision);
    if (before) technicians.updateSkill({ ...skill, id: skillId }, revision);
    journal.append({
      kind: 'technician.skill-saved',
      subject: 'reference',
      subjectId: skillId,
      actorId: actor,
      facts: { name: skill.name, before: before ? wordsOf(before) : null, after: skill },
    });
    db.touch('technician');
    return skillId;
  });
}

export function requireSkill(technicians: TechnicianStore, id: number): Skill {
  const skill = technicians.skills().find((known) => known.id === id);
  if (!skill) throw new AppError('not-found', { details: { reason: 'skill', id } });
  return skill;
}

export function wordsOf({ name, nameEn, active }: Skill): Pick<Skill, 'name' | 'nameEn' | 'active'> {
  return { name, nameEn, active };
}
