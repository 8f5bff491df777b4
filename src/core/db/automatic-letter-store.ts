import type { Db } from './open.ts';

export type AutomaticLetter = {
  /** The letter that was answered. */
  readonly messageId: number;
  readonly address: string;
  readonly at: number;
  /** null: held back. */
  readonly outboxId: number | null;
};

export type AutomaticLetterStore = {
  add(letter: AutomaticLetter): void;
  wasAnswered(messageId: number): boolean;
  /** How many went to the address after that moment, from whichever mailbox and incident. */
  sentSince(address: string, after: number): number;
  /** What no hour counts any more; the journal keeps it. */
  forgetBefore(at: number): void;
};

export function createAutomaticLetterStore(db: Db): AutomaticLetterStore {
  const add = db.prepare<[AutomaticLetter], void>(
    `INSERT OR IGNORE INTO automatic_letter (message_id, address, at, outbox_id)
     VALUES (:messageId, :address, :at, :outboxId)`,
  );
  const answered = db
    .prepare<[number], number>('SELECT 1 FROM automatic_letter WHERE message_id = ? LIMIT 1')
    .pluck();
  const sent = db
    .prepare<[string, number], number>(
      'SELECT count(*) FROM automatic_letter WHERE address = ? AND outbox_id IS NOT NULL AND at > ?',
    )
    .pluck();
  const forget = db.prepare<[number], void>('DELETE FROM automatic_letter WHERE at < ?');
  return {
    add: (letter) => void add.run(letter),
    wasAnswered: (messageId) => answered.get(messageId) !== undefined,
    sentSince: (address, after) => sent.get(address, after) ?? 0,
    forgetBefore: (at) => void forget.run(at),
  };
}
