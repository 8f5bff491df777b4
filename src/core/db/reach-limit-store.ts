import type { ReachLimit } from '../../shared/contract/ladders.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import type { Db } from './open.ts';

export type ReachLimitStore = {
  /** Of whoever has none: always, and as many as come. */
  of(party: Party): ReachLimit;
  save(party: Party, limit: ReachLimit, revision: number): void;
};

const none: ReachLimit = { quietFrom: null, quietTo: null, zone: '', hourlyLimit: null };

export function createReachLimitStore(db: Db): ReachLimitStore {
  const statements = (column: 'contact_id' | 'person_id') => ({
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
  });
  const by = { contact: statements('contact_id'), person: statements('person_id') } as const;
  return {
    of: ({ kind, id }) => by[kind].select.get(id) ?? none,
    save: ({ kind, id }, limit, revision) => void by[kind].upsert.run({ ...limit, id, revision }),
  };
}
