import type { Party } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type NotifyGroupRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly active: boolean;
  /** In the order in which they are tried. */
  readonly members: readonly Party[];
};

export type NotifyGroupStore = {
  /** Those in use first, then by name. */
  all(): NotifyGroupRecord[];
  find(id: number): NotifyGroupRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): NotifyGroupRecord;
  insert(group: Omit<NotifyGroupRecord, 'id'>, revision: number): number;
  update(group: NotifyGroupRecord, revision: number): void;
};

type Row = Omit<NotifyGroupRecord, 'active' | 'members'> & { readonly active: number };
type MemberRow = { readonly contactId: number | null; readonly personId: number | null };

const columns = 'id, uuid, name, active';

export function createNotifyGroupStore(db: Db): NotifyGroupStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM notify_group ORDER BY active DESC, name, id`);
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM notify_group WHERE id = ?`);
  const members = db.prepare<[number], MemberRow>(
    `SELECT contact_id AS contactId, person_id AS personId FROM notify_group_member WHERE group_id = ? ORDER BY position`,
  );
  const insert = db
    .prepare<[object], number>(
      'INSERT INTO notify_group (uuid, name, active, revision) VALUES (:uuid, :name, :active, :revision) RETURNING id',
    )
    .pluck();
  const update = db.prepare<[object], void>(
    'UPDATE notify_group SET name = :name, active = :active, revision = :revision WHERE id = :id',
  );
  const clear = db.prepare<[number], void>('DELETE FROM notify_group_member WHERE group_id = ?');
  const addMember = db.prepare<[object], void>(
    `INSERT INTO notify_group_member (group_id, position, contact_id, person_id)
     VALUES (:groupId, :position, :contactId, :personId)`,
  );
  const toGroup = (row: Row): NotifyGroupRecord => ({
    ...row,
    active: row.active === 1,
    members: members.all(row.id).flatMap((member) => partyOf(member) ?? []),
  });
  const find = (id: number) => {
    const row = byId.get(id);
    return row && toGroup(row);
  };
  const setMembers = (groupId: number, parties: readonly Party[]) => {
    clear.run(groupId);
    for (const [position, { kind, id }] of parties.entries()) {
      const contactId = kind === 'contact' ? id : null;
      addMember.run({ groupId, position, contactId, personId: kind === 'person' ? id : null });
    }
  };
  return {
    all: () => all.all().map(toGroup),
    find,
    require(id) {
      const group = find(id);
      if (!group) throw new AppError('not-found', { details: { reason: 'notify-group', id } });
      return group;
    },
    insert({ uuid, name, active, members: parties }, revision) {
      const id = Number(insert.get({ uuid, name, active: active ? 1 : 0, revision }));
      setMembers(id, parties);
      return id;
    },
    update({ id, name, active, members: parties }, revision) {
      update.run({ id, name, active: active ? 1 : 0, revision });
      setMembers(id, parties);
    },
  };
}

function partyOf({ contactId, personId }: MemberRow): Party | undefined {
  if (contactId !== null) return { kind: 'contact', id: contactId };
  return personId === null ? undefined : { kind: 'person', id: personId };
}
