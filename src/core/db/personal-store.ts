import type { FavouriteLevel } from '../../shared/contract/notes.ts';
import type { Db } from './open.ts';

/** What each dispatcher has for himself: stars, and how far he has read. */
export type PersonalStore = {
  favourite(personId: number, incidentId: number): FavouriteLevel;
  setFavourite(personId: number, incidentId: number, level: FavouriteLevel): void;
  /** `incident.last_inbound_at` as it was read, -1 when made unread; undefined when never read. */
  readAt(personId: number, incidentId: number): number | undefined;
  /** undefined: never read. */
  setReadAt(personId: number, incidentId: number, readAt: number | undefined): void;
  /** Everybody who has read what came last. */
  readers(incidentId: number): number[];
};

export function createPersonalStore(db: Db): PersonalStore {
  const favourite = db
    .prepare<[number, number], NonNullable<FavouriteLevel>>(
      'SELECT level FROM favourite WHERE person_id = ? AND incident_id = ?',
    )
    .pluck();
  const star = db.prepare<[number, number, string], void>(
    `INSERT INTO favourite (person_id, incident_id, level) VALUES (?, ?, ?)
     ON CONFLICT (person_id, incident_id) DO UPDATE SET level = excluded.level`,
  );
  const unstar = db.prepare<[number, number], void>(
    'DELETE FROM favourite WHERE person_id = ? AND incident_id = ?',
  );
  const readAt = db
    .prepare<[number, number], number>(
      'SELECT read_at FROM incident_read WHERE person_id = ? AND incident_id = ?',
    )
    .pluck();
  const read = db.prepare<[number, number, number], void>(
    `INSERT INTO incident_read (person_id, incident_id, read_at) VALUES (?, ?, ?)
     ON CONFLICT (person_id, incident_id) DO UPDATE SET read_at = excluded.read_at`,
  );
  const forget = db.prepare<[number, number], void>(
    'DELETE FROM incident_read WHERE person_id = ? AND incident_id = ?',
  );
  const readers = db
    .prepare<[number], number>(
      `SELECT r.person_id FROM incident_read r JOIN incident i ON i.id = r.incident_id
       WHERE r.incident_id = ? AND r.read_at >= coalesce(i.last_inbound_at, 0) ORDER BY r.person_id`,
    )
    .pluck();
  return {
    favourite: (personId, incidentId) => favourite.get(personId, incidentId) ?? null,
    setFavourite(personId, incidentId, level) {
      if (level === null) unstar.run(personId, incidentId);
      else star.run(personId, incidentId, level);
    },
    readAt: (personId, incidentId) => readAt.get(personId, incidentId),
    setReadAt(personId, incidentId, at) {
      if (at === undefined) forget.run(personId, incidentId);
      else read.run(personId, incidentId, at);
    },
    readers: (incidentId) => readers.all(incidentId),
  };
}
