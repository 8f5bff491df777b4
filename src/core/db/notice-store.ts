import type { Db } from './open.ts';

export type NoticeStore = {
  /** Where the notification with that code was sent by mail, in small letters; undefined when there is none. */
  addressesOf(code: string): readonly string[] | undefined;
};

/** What a letter that came in is compared with. */
export function createNoticeStore(db: Db): NoticeStore {
  const byCode = db.prepare<[string], { id: number }>('SELECT id FROM notification WHERE code = ?');
  const addresses = db.prepare<[number], { address: string }>(
    `SELECT DISTINCT address FROM delivery WHERE notification_id = ? AND channel = 'email'`,
  );
  return {
    addressesOf(code) {
      const notification = byCode.get(code);
      return notification && addresses.all(notification.id).map(({ address }) => address.toLowerCase());
    },
  };
}
