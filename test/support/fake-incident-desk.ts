import type { IncidentDesk, LetterJoined, OpenFromLetter } from '../../src/core/incidents/incident-desk.ts';
import { createIncidentStore } from '../../src/core/db/incident-store.ts';
import type { IncidentChannel } from '../../src/shared/domain/channels.ts';
import type { Db } from '../../src/core/db/open.ts';

export type FakeIncident = {
  readonly id: number;
  readonly code: string;
  title: string;
  applicant: string;
  registeredAt: number;
  open: boolean;
  dismissed: boolean;
  readonly joined: LetterJoined[];
};

export type FakeDesk = IncidentDesk & {
  readonly incidents: FakeIncident[];
  close(id: number): void;
  /** Adds an incident as if opened by hand. */
  openByHand(title: string): FakeIncident;
};

type Options = { readonly prefix?: string; readonly foreign?: readonly string[] };

/** Keeps what intake told it, and the incident rows that foreign keys and filters need; no clocks, no people. */
export function createFakeDesk(db: Db, { prefix = 'PLT', foreign = [] }: Options = {}): FakeDesk {
  const rows = createIncidentStore(db);
  const incidents: FakeIncident[] = [];
  const status = db.transact((revision) => seedStatus(db, revision));
  const get = (id: number) => {
    const found = incidents.find((incident) => incident.id === id);
    if (!found) throw new Error(`No incident ${id}`);
    return found;
  };
  const add = (
    title: string,
    applicant: string,
    registeredAt: number,
    channel: IncidentChannel,
  ): FakeIncident => {
    const number = 1001 + incidents.length;
    const code = `${prefix}-${number}`;
    const id = rows.insert({
      uuid: `uuid-${number}`,
      number,
      code,
      title,
      description: '',
      statusId: status,
      typeId: null,
      priority: 'normal',
      channel,
      accountId: null,
      registeredAt,
      openedAt: registeredAt,
      finishedAt: null,
      dismissedAt: null,
      assigneeId: null,
      applicantName: '',
      applicantAddress: applicant,
      applicantPhone: '',
      asset: '',
      unread: 0,
      lateLetters: 0,
      messageCount: 0,
      lastMessageAt: null,
      latitude: null,
      longitude: null,
      subtypeId: null,
      repairPriorityId: null,
      postponedUntil: null,
      autoCloseAt: null,
      mergedIntoId: null,
      floodId: null,
      clockId: null,
      lastInboundAt: null,
      urgencyAt: registeredAt,
      decidedRevision: 1,
      revision: 1,
    });
    const incident = { id, code, title, applicant, registeredAt, open: true, dismissed: false, joined: [] };
    incidents.push(incident);
    return incident;
  };
  return {
    incidents,
    close(id) {
      get(id).open = false;
      db.transact(() => {
        db.prepare('UPDATE incident SET finished_at = registered_at WHERE id = ?').run(id);
        return undefined;
      });
    },
    openByHand: (title) => db.transact(() => add(title, '', 0, 'phone')),
    openFromLetter: ({ title, applicant, registeredAt, channel }: OpenFromLetter) =>
      add(title, applicant.address, registeredAt, channel),
    letterJoined: (joined) => void get(joined.incidentId).joined.push(joined),
    registerEarlier({ incidentId, title, applicant, registeredAt }) {
      const incident = get(incidentId);
      if (registeredAt >= incident.registeredAt) return;
      Object.assign(incident, { title, applicant: applicant.address, registeredAt });
    },
    hasAssets: () => false,
    assetsFound: () => {},
    findByNumber(number) {
      const found = incidents.find(({ code }) => code === `${prefix}-${number}`);
      return found && { id: found.id, open: found.open, dismissed: found.dismissed };
    },
    numberSeen: () => {},
    isOpen: (id) => get(id).open,
    code: (id) => get(id).code,
    codePrefix: () => prefix,
    foreignPrefixes: () => foreign,
  };
}

function seedStatus(db: Db, revision: number): number {
  const existing = db.prepare<[], number>('SELECT id FROM status ORDER BY id LIMIT 1').pluck().get();
  if (existing !== undefined) return existing;
  const result = db
    .prepare<[number], void>(
      `INSERT INTO status (key, name, name_en, tone, finishes, position, revision) VALUES ('new', 'Новый', 'New', 'new', 0, 1, ?)`,
    )
    .run(revision);
  return Number(result.lastInsertRowid);
}
