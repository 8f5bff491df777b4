import type { Ladder, LadderStep } from '../../shared/contract/ladders.ts';
import type { Party, Urgency } from '../../shared/domain/reaching.ts';
import type { Db } from './open.ts';

export type LadderRecord = Ladder & {
  readonly id: number;
  /** null: everybody's who has none of their own. */
  readonly owner: Party | null;
  readonly revision: number;
};

export type LadderOwner = { readonly owner: Party; readonly name: string; readonly urgency: Urgency };

export type LadderStore = {
  /** Of the owner themselves; nobody else's stands in. */
  of(owner: Party | null, urgency: Urgency): LadderRecord | undefined;
  ofOwner(owner: Party | null): LadderRecord[];
  /** Those who have ladders of their own, by name. */
  owners(): LadderOwner[];
  /** Written over the owner's ladder of the same urgency. */
  save(ladder: Ladder & { readonly owner: Party | null; readonly uuid: string }, revision: number): void;
  remove(owner: Party | null, urgency: Urgency): void;
};

type Row = {
  readonly id: number;
  readonly contactId: number | null;
  readonly personId: number | null;
  readonly urgency: Urgency;
  readonly repeatMinutes: number | null;
  readonly mostRounds: number;
  readonly nextContactId: number | null;
  readonly nextPersonId: number | null;
  readonly nextGroupId: number | null;
  readonly revision: number;
};

type OwnerRow = Pick<Row, 'contactId' | 'personId' | 'urgency'> & { readonly name: string };

const columns = `id, contact_id AS contactId, person_id AS personId, urgency, repeat_minutes AS repeatMinutes,
  most_rounds AS mostRounds, next_contact_id AS nextContactId, next_person_id AS nextPersonId,
  next_group_id AS nextGroupId, revision`;
const ofOwner = `coalesce(contact_id, 0) = :contactId AND coalesce(person_id, 0) = :personId`;

export function createLadderStore(db: Db): LadderStore {
  const one = db.prepare<[object], Row>(
    `SELECT ${columns} FROM ladder WHERE ${ofOwner} AND urgency = :urgency`,
  );
  const several = db.prepare<[object], Row>(`SELECT ${columns} FROM ladder WHERE ${ofOwner} ORDER BY id`);
  const owners = db.prepare<[], OwnerRow>(
    `SELECT l.contact_id AS contactId, l.person_id AS personId, l.urgency,
       coalesce(nullif(c.name, ''), c.organisation, p.name, '') AS name
     FROM ladder l LEFT JOIN contact c ON c.id = l.contact_id LEFT JOIN person p ON p.id = l.person_id
     WHERE l.contact_id IS NOT NULL OR l.person_id IS NOT NULL ORDER BY name, l.contact_id, l.person_id`,
  );
  const steps = db.prepare<[number], LadderStep>(
    `SELECT channel, address, wait_for AS waitFor, wait_seconds AS waitSeconds, retries FROM ladder_step
     WHERE ladder_id = ? ORDER BY position`,
  );
  const upsert = db
    .prepare<[object], number>(
      `INSERT INTO ladder (uuid, contact_id, person_id, urgency, repeat_minutes, most_rounds, next_contact_id,
         next_person_id, next_group_id, revision)
       VALUES (:uuid, nullif(:contactId, 0), nullif(:personId, 0), :urgency, :repeatMinutes, :mostRounds,
         :nextContactId, :nextPersonId, :nextGroupId, :revision)
       ON CONFLICT (coalesce(contact_id, 0), coalesce(person_id, 0), urgency) DO UPDATE SET
         repeat_minutes = excluded.repeat_minutes, most_rounds = excluded.most_rounds,
         next_contact_id = excluded.next_contact_id, next_person_id = excluded.next_person_id,
         next_group_id = excluded.next_group_id, revision = excluded.revision
       RETURNING id`,
    )
    .pluck();
  const clear = db.prepare<[number], void>('DELETE FROM ladder_step WHERE ladder_id = ?');
  const addStep = db.prepare<[object], void>(
    `INSERT INTO ladder_step (ladder_id, position, channel, address, wait_for, wait_seconds, retries)
     VALUES (:ladderId, :position, :channel, :address, :waitFor, :waitSeconds, :retries)`,
  );
  const remove = db.prepare<[object], void>(`DELETE FROM ladder WHERE ${ofOwner} AND urgency = :urgency`);
  const toLadder = (row: Row): LadderRecord => ({
    id: row.id,
    owner: ownerOf(row),
    urgency: row.urgency,
    steps: steps.all(row.id),
    repeatMinutes: row.repeatMinutes,
    mostRounds: row.mostRounds,
    next: nextOf(row),
    revision: row.revision,
  });
  return {
    of(owner, urgency) {
      const row = one.get({ ...idsOf(owner), urgency });
      return row && toLadder(row);
    },
    owners: () =>
      owners.all().flatMap(({ name, urgency, ...ids }) => {
        const owner = ownerOf(ids);
        return owner ? [{ owner, name, urgency }] : [];
      }),
    ofOwner: (owner) => several.all(idsOf(owner)).map(toLadder),
    save({ owner, steps: wanted, next, ...ladder }, revision) {
      const id = Number(
        upsert.get({
          ...ladder,
          ...idsOf(owner),
          nextContactId: next?.kind === 'contact' ? next.id : null,
          nextPersonId: next?.kind === 'person' ? next.id : null,
          nextGroupId: next?.kind === 'group' ? next.id : null,
          revision,
        }),
      );
      clear.run(id);
      for (const [position, step] of wanted.entries()) addStep.run({ ...step, ladderId: id, position });
    },
    remove: (owner, urgency) => void remove.run({ ...idsOf(owner), urgency }),
  };
}

/** 0 stands for nobody, as the index over owners has it. */
function idsOf(owner: Party | null): { readonly contactId: number; readonly personId: number } {
  return {
    contactId: owner?.kind === 'contact' ? owner.id : 0,
    personId: owner?.kind === 'person' ? owner.id : 0,
  };
}

function ownerOf({ contactId, personId }: Pick<Row, 'contactId' | 'personId'>): Party | null {
  if (contactId !== null) return { kind: 'contact', id: contactId };
  return personId === null ? null : { kind: 'person', id: personId };
}

function nextOf({ nextContactId, nextPersonId, nextGroupId }: Row): Ladder['next'] {
  if (nextContactId !== null) return { kind: 'contact', id: nextContactId };
  if (nextPersonId !== null) return { kind: 'person', id: nextPersonId };
  return nextGroupId === null ? null : { kind: 'group', id: nextGroupId };
}
