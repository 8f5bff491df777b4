import { indexText } from '../../shared/domain/search-text.ts';
import type { Db } from './open.ts';

export type NotificationWordStore = {
  /** Inside the transaction that wrote them: they are found by their words, whom they are for and their incident. */
  index(ids: readonly number[]): void;
};

type Words = { readonly id: number; readonly text: string };

export function createNotificationWordStore(db: Db): NotificationWordStore {
  const words = db.prepare<[string], Words>(
    `SELECT n.id, n.title || ' ' || n.text || ' ' || n.code || ' ' || coalesce(i.code, '') || ' '
       || coalesce(c.name || ' ' || c.organisation || ' ' || c.phone || ' ' || c.email, '') || ' '
       || coalesce(p.name || ' ' || p.phone || ' ' || p.email, '') AS text
     FROM json_each(?) wanted CROSS JOIN notification n ON n.id = wanted.value
       LEFT JOIN incident i ON i.id = n.incident_id
       LEFT JOIN contact c ON c.id = n.contact_id LEFT JOIN person p ON p.id = n.person_id`,
  );
  const forget = db.prepare<[number], void>('DELETE FROM notification_word WHERE rowid = ?');
  const insert = db.prepare<[number, string], void>(
    'INSERT INTO notification_word (rowid, text) VALUES (?, ?)',
  );
  return {
    index(ids) {
      const worded = words.all(JSON.stringify(ids));
      db.beforeCommit(() => {
        for (const { id, text } of worded) {
          forget.run(id);
          insert.run(id, indexText([text]));
        }
      });
    },
  };
}
