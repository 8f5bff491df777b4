import type { ReachLimit } from '../../shared/contract/ladders.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import type { Db } from './open.ts';

export type GroupRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  /** 0 or 1. */
  readonly active: number;
  readonly revision: number;
};

/** Groups, and when somebody is left alone. */
export type ReachPartyStore = {
  /** Of whoever has none: always, and as many as come. */
  limitOf(party: Party): ReachLimit;
  saveLimit(party: Party, limit: ReachLimit, revision: number): void;
  /** Those in use first, then by name. */
  groups(): GroupRecord[];
  findGroup(id: number): GroupRecord | undefined;
  insertGroup(group: Omit<GroupRecord, 'id'>): number;
  saveGroup(group: GroupRecord): void;
  /** In the order they are tried. */
  members(groupId: number): Party[];
  setMembers(groupId: number, members: readonly Party[]): void;
};

const noLimit: ReachLimit = { quietFrom: null, quietTo: null, zone: '', hourlyLimit: null };
const groupColumns = 'id, uuid, name, active, revision';

export function createReachPartyStore(db: Db): ReachPartyStore {
  const limits = { contact: limitStatements(db, 'contact_id'), person: limitStatements(db, 'person_id') };
  const groups = db.prepare<[], GroupRecord>(
    `SELECT ${groupColumns} FROM notify_group ORDER BY active DESC, name, id`,
  );
  const byId = db.prepare<[number], GroupRecord>(`SELECT ${groupColumns} FROM notify_group WHERE id = ?`);
  const insert = db
    .prepare<[Omit<GroupRecord, 'id'>], number>(
      `INSERT INTO notify_group (uuid, name, active, revision) VALUES (:uuid, :name, :active, :revision) RETURNING id`,
    )
    .pluck();
  const save = db.prepare<[GroupRecord], void>(
    'UPDATE notify_group SET name = :name, active = :active, revision = :revision WHERE id = :id',
  );
  const members = db.prepare<[number], Party>(
    `SELECT iif(contact_id IS NULL, 'person', 'contact') AS kind, coalesce(contact_id, person_id) AS id
     FROM notify_group_member WHERE group_id = ? ORDER BY position`,
  );
  const clear = db.prepare<[number], void>('DELETE FROM notify_group_member WHERE group_id = ?');
  const add = db.prepare<[object], void>(
    `INSERT INTO notify_group_member (group_id, position, contact_id, person_id)
     VALUES (:groupId, :position, iif(:kind = 'contact', :id, NULL), iif(:kind = 'person', :id, NULL))`,
  );
  return {
    limitOf: (party) => limits[party.kind].select.get(party.id) ?? noLimit,
    saveLimit: (party, limit, revision) =>
      void limits[party.kind].upsert.run({ ...limit, id: party.id, revision }),
    groups: () => groups.all(),
    findGroup: (id) => byId.get(id),
    insertGroup: (group) => Number(insert.get(group)),
    saveGroup: (group) => void save.run(group),
    members: (groupId) => members.all(groupId),
    setMembers(groupId, parties) {
      clear.run(groupId);
      for (const [position, { kind, id }] of parties.entries()) add.run({ groupId, position, kind, id });
    },
  };
}

function limitStatements(db: Db, column: 'contact_id' | 'person_id') {
  return {
    select: db.prepare<[number], ReachLimit>(
      `SELECT quiet_from AS quietFrom, quiet_to AS quietTo, zone, hourly_limit AS hourlyLimit FROM reach_limit
       WHERE ${column} = ?`,
    ),
    upsert: db.prepare<[object], void>(
      `INSERT INTO reach_limit (${column}, quiet_from, quiet_to, zone, hourly_limit, revision)
       VALUES (:id, :quietFrom, :quietTo, :zone, :hourlyLimit, :revision)
       ON CONFLICT (${column}) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
         zone = excluded.zone, hourly_limit = excluded.hourly_limit, revision = excluded.revision`,
    ),
  };
}
