import type { Party, ReachChannel } from '../../shared/domain/reaching.ts';
import type { RouteKind } from '../../shared/domain/route-kinds.ts';
import type { Db } from './open.ts';

/** Who somebody is in a messenger. */
export type BindingRecord = {
  readonly id: number;
  readonly routeId: number;
  readonly party: Party;
  readonly chatId: string;
  readonly userId: string;
  /** As the messenger names them. */
  readonly title: string;
  readonly boundAt: number;
  /** They shut the bot out. */
  readonly blockedAt: number | null;
  readonly revision: number;
};

export type BindingCode = {
  readonly hash: string;
  readonly routeId: number;
  readonly party: Party;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
};

/** As much of a route as it takes to lead somebody to its bot. */
export type BotRoute = {
  readonly id: number;
  readonly kind: RouteKind;
  readonly channel: ReachChannel;
  readonly name: string;
  readonly enabled: boolean;
};

export type BindingStore = {
  /** Every route, whether people can be bound to it or not. */
  routes(): BotRoute[];
  find(id: number): BindingRecord | undefined;
  /** The newest first. */
  ofParty(party: Party): BindingRecord[];
  /** Who writes there; undefined is nobody that is known. */
  ofChat(routeId: number, chatId: string): BindingRecord | undefined;
  insert(binding: Omit<BindingRecord, 'id'>): number;
  save(binding: BindingRecord): void;
  remove(id: number): void;
  insertCode(code: BindingCode): void;
  findCode(hash: string): BindingCode | undefined;
  useCode(hash: string, at: number): void;
  /** Codes nobody came by that were given for this, and whatever has expired before. */
  removeCodes(routeId: number, party: Party, expiredBefore: number): void;
};

type Owned = { readonly contactId: number | null; readonly personId: number | null };
type Row = Omit<BindingRecord, 'party'> & Owned;
type CodeRow = Omit<BindingCode, 'party'> & Owned;

const columns = `id, route_id AS routeId, contact_id AS contactId, person_id AS personId, chat_id AS chatId,
  user_id AS userId, title, bound_at AS boundAt, blocked_at AS blockedAt, revision`;

export function createBindingStore(db: Db): BindingStore {
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM binding WHERE id = ?`);
  const ofContact = db.prepare<[number], Row>(
    `SELECT ${columns} FROM binding WHERE contact_id = ? ORDER BY bound_at DESC, id DESC`,
  );
  const ofPerson = db.prepare<[number], Row>(
    `SELECT ${columns} FROM binding WHERE person_id = ? ORDER BY bound_at DESC, id DESC`,
  );
  const ofChat = db.prepare<[number, string], Row>(
    `SELECT ${columns} FROM binding WHERE route_id = ? AND chat_id = ?`,
  );
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO binding (route_id, contact_id, person_id, chat_id, user_id, title, bound_at, blocked_at, revision)
       VALUES (:routeId, :contactId, :personId, :chatId, :userId, :title, :boundAt, :blockedAt, :revision) RETURNING id`,
    )
    .pluck();
  const save = db.prepare<[object], void>(
    `UPDATE binding SET contact_id = :contactId, person_id = :personId, user_id = :userId, title = :title,
       bound_at = :boundAt, blocked_at = :blockedAt, revision = :revision WHERE id = :id`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM binding WHERE id = ?');
  const routes = db.prepare<[], Omit<BotRoute, 'enabled'> & { readonly enabled: number }>(
    'SELECT id, kind, channel, name, enabled FROM route ORDER BY channel, position, id',
  );
  return {
    ...createCodes(db),
    routes: () => routes.all().map((row) => ({ ...row, enabled: row.enabled === 1 })),
    find: (id) => toBinding(byId.get(id)),
    ofParty: ({ kind, id }) => (kind === 'contact' ? ofContact : ofPerson).all(id).map(withParty),
    ofChat: (routeId, chatId) => toBinding(ofChat.get(routeId, chatId)),
    insert: ({ party, ...binding }) => Number(insert.get({ ...binding, ...owner(party) })),
    save: ({ party, ...binding }) => void save.run({ ...binding, ...owner(party) }),
    remove: (id) => void remove.run(id),
  };
}

function createCodes(db: Db): Pick<BindingStore, 'insertCode' | 'findCode' | 'useCode' | 'removeCodes'> {
  const insert = db.prepare<[object], void>(
    `INSERT INTO binding_code (code_hash, route_id, contact_id, person_id, created_at, expires_at, used_at)
     VALUES (:hash, :routeId, :contactId, :personId, :createdAt, :expiresAt, :usedAt)`,
  );
  const find = db.prepare<[string], CodeRow>(
    `SELECT code_hash AS hash, route_id AS routeId, contact_id AS contactId, person_id AS personId,
       created_at AS createdAt, expires_at AS expiresAt, used_at AS usedAt FROM binding_code WHERE code_hash = ?`,
  );
  const use = db.prepare<[number, string], void>('UPDATE binding_code SET used_at = ? WHERE code_hash = ?');
  const clear = db.prepare<[object], void>(
    `DELETE FROM binding_code WHERE expires_at < :expiredBefore OR (used_at IS NULL AND route_id = :routeId
       AND contact_id IS :contactId AND person_id IS :personId)`,
  );
  return {
    insertCode: ({ party, ...code }) => void insert.run({ ...code, ...owner(party) }),
    findCode(hash) {
      const row = find.get(hash);
      return row && withParty(row);
    },
    useCode: (hash, at) => void use.run(at, hash),
    removeCodes: (routeId, party, expiredBefore) =>
      void clear.run({ routeId, expiredBefore, ...owner(party) }),
  };
}

function owner({ kind, id }: Party): Owned {
  return { contactId: kind === 'contact' ? id : null, personId: kind === 'person' ? id : null };
}

function toBinding(row: Row | undefined): BindingRecord | undefined {
  return row && withParty(row);
}

function withParty<T extends Owned>({
  contactId,
  personId,
  ...row
}: T): Omit<T, keyof Owned> & { party: Party } {
  const party: Party =
    contactId === null ? { kind: 'person', id: personId ?? 0 } : { kind: 'contact', id: contactId };
  return { ...row, party };
}
