import type { Party } from '../../shared/domain/letter-parties.ts';
import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import type { Db } from './open.ts';

export type LetterAsset = {
  readonly id: number;
  readonly kind: AssetKind;
  readonly code: string;
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly manager: string;
  readonly emails: readonly string[];
  readonly operators: readonly string[];
  readonly regionId: number | null;
  readonly region: string;
  readonly zone: string;
  readonly repairEmail: string;
  readonly contractorId: number | null;
  readonly contractor: string;
  readonly contractorPhone: string;
};

export type LetterClock = {
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  readonly categoryId: number | null;
  readonly dueAt: number | null;
  /** Minutes it takes by its rule, whether or not it has begun; null while what it follows from is unknown. */
  readonly minutes: number | null;
  readonly begun: boolean;
};

export type LetterThread = {
  readonly conversationId: number;
  readonly party: Party;
  /** Its newest letter that was not taken back. */
  readonly lastMessageId: number;
  /** Everybody we wrote to there. */
  readonly addresses: readonly string[];
};

/** What a letter about an incident says and where it goes: one question each instead of a walk through ten stores. */
export type LetterFactStore = {
  /** Names of what the incident was sorted into; empty where nothing was chosen. */
  sorting(incidentId: number): { subtype: string; repairPriority: string; categories: string };
  /** Bound ones, poles before what stands on them. */
  assets(incidentId: number): LetterAsset[];
  clocks(incidentId: number): LetterClock[];
  /** The contractor's own addresses, in the order they are tried. */
  emailsOf(contactId: number): string[];
  /** Threads with contractors in which a letter of ours has not been taken back, oldest first. */
  contractorThreads(incidentId: number): LetterThread[];
  /** The thread with a contractor this address was written to in. */
  threadWith(incidentId: number, address: string): number | undefined;
  /** The letter that opened the incident, else the oldest that came from the applicant's side. */
  firstLetter(incidentId: number): number | undefined;
  newestIncident(): number | undefined;
};

type AssetRow = Omit<LetterAsset, 'emails' | 'operators'> & {
  readonly emails: string;
  readonly operators: string;
};

export function createLetterFactStore(db: Db): LetterFactStore {
  const sorting = db.prepare<[number], { subtype: string; repairPriority: string; categories: string }>(
    `SELECT coalesce(s.name, '') AS subtype, coalesce(r.name, '') AS repairPriority,
       coalesce((SELECT group_concat(c.name, ', ' ORDER BY c.position) FROM incident_category ic
         JOIN category c ON c.id = ic.category_id WHERE ic.incident_id = i.id), '') AS categories
     FROM incident i LEFT JOIN incident_subtype s ON s.id = i.subtype_id
     LEFT JOIN repair_priority r ON r.id = i.repair_priority_id WHERE i.id = ?`,
  );
  const assets = db.prepare<[number], AssetRow>(
    `SELECT a.id, a.kind, a.code, a.address, a.latitude, a.longitude, a.manager, a.emails,
       (SELECT json_group_array(o.name ORDER BY o.name) FROM asset_operator ao JOIN operator o ON o.id = ao.operator_id
        WHERE ao.asset_id = a.id) AS operators,
       a.region_id AS regionId, coalesce(r.name, '') AS region, coalesce(r.zone, '') AS zone,
       coalesce(r.repair_email, '') AS repairEmail, a.contractor_id AS contractorId, coalesce(c.name, '') AS contractor,
       coalesce(c.phone, '') AS contractorPhone
     FROM incident_asset b JOIN asset a ON a.id = b.asset_id LEFT JOIN region r ON r.id = a.region_id
     LEFT JOIN contact c ON c.id = a.contractor_id
     WHERE b.incident_id = ? AND b.state = 'bound' ORDER BY a.kind <> 'pole', a.code, a.id`,
  );
  const clocks = db.prepare<[number], Omit<LetterClock, 'begun'> & { begun: number }>(
    `SELECT k.key, k.name, k.name_en AS nameEn, k.category_id AS categoryId, c.due_at AS dueAt,
       CASE k.target WHEN 'type' THEN t.sla_minutes WHEN 'repair-priority' THEN r.target_minutes
         ELSE k.target_minutes END AS minutes, c.id IS NOT NULL AS begun
     FROM incident i JOIN clock_rule k ON k.active = 1 LEFT JOIN incident_clock c ON c.incident_id = i.id AND c.kind = k.key
     LEFT JOIN incident_type t ON t.id = i.type_id LEFT JOIN repair_priority r ON r.id = i.repair_priority_id
     WHERE i.id = ? ORDER BY k.position, k.id`,
  );
  const emails = db
    .prepare<[{ id: number }], string>(
      `SELECT email FROM contact WHERE id = :id AND email <> ''
       UNION ALL SELECT * FROM (SELECT value FROM further_address WHERE contact_id = :id AND kind = 'email' ORDER BY position)`,
    )
    .pluck();
  return {
    ...createThreads(db),
    sorting: (incidentId) => sorting.get(incidentId) ?? { subtype: '', repairPriority: '', categories: '' },
    assets: (incidentId) =>
      assets.all(incidentId).map((row) => ({
        ...row,
        emails: JSON.parse(row.emails) as string[],
        operators: JSON.parse(row.operators) as string[],
      })),
    clocks: (incidentId) => clocks.all(incidentId).map((row) => ({ ...row, begun: row.begun === 1 })),
    emailsOf: (contactId) => [...new Set(emails.all({ id: contactId }).map((email) => email.trim()))],
  };
}

function createThreads(
  db: Db,
): Pick<LetterFactStore, 'contractorThreads' | 'threadWith' | 'firstLetter' | 'newestIncident'> {
  const threads = db.prepare<[number], Omit<LetterThread, 'addresses'> & { addresses: string }>(
    `SELECT c.id AS conversationId, c.party,
       (SELECT m.id FROM message m LEFT JOIN outbox o ON o.message_id = m.id
        WHERE m.conversation_id = c.id AND o.state IS NOT 'cancelled' ORDER BY m.received_at DESC, m.id DESC LIMIT 1)
         AS lastMessageId,
       (SELECT json_group_array(DISTINCT lower(r.address)) FROM message m JOIN outbox o ON o.message_id = m.id
        JOIN message_recipient r ON r.message_id = m.id AND r.kind IN ('to', 'cc')
        WHERE m.conversation_id = c.id AND o.state <> 'cancelled') AS addresses
     FROM conversation c WHERE c.incident_id = ? AND c.party <> 'applicant' AND EXISTS (
       SELECT 1 FROM message m JOIN outbox o ON o.message_id = m.id
       WHERE m.conversation_id = c.id AND m.direction = 'out' AND o.state <> 'cancelled')
     ORDER BY c.id`,
  );
  const threadWith = db
    .prepare<[number, string], number>(
      `SELECT c.id FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = ? AND c.party <> 'applicant' AND EXISTS (SELECT 1 FROM message_recipient r
         WHERE r.message_id = m.id AND r.kind <> 'reply-to' AND lower(r.address) = lower(?))
       ORDER BY m.received_at DESC, m.id DESC LIMIT 1`,
    )
    .pluck();
  const first = db
    .prepare<[number], number>(
      `SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = ? AND c.party = 'applicant' AND m.channel = 'mail' AND m.direction = 'in'
         AND m.automatic_kind IS NOT 'bounce' AND m.automatic_kind IS NOT 'auto-reply'
       ORDER BY m.link ->> 'by' = 'opened' DESC, m.sent_at, m.id LIMIT 1`,
    )
    .pluck();
  const newest = db
    .prepare<[], number>('SELECT id FROM incident WHERE dismissed_at IS NULL ORDER BY id DESC LIMIT 1')
    .pluck();
  return {
    contractorThreads: (incidentId) =>
      threads.all(incidentId).map((row) => ({ ...row, addresses: JSON.parse(row.addresses) as string[] })),
    threadWith: (incidentId, address) => threadWith.get(incidentId, address),
    firstLetter: (incidentId) => first.get(incidentId),
    newestIncident: () => newest.get(),
  };
}
