import type { Stores } from '../../src/core/compose-stores.ts';
import type { Db } from '../../src/core/db/open.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { between } from '../../src/core/training/seeded-random.ts';
import { uuidv7 } from '../../src/shared/ids.ts';

export type RegistrySize = { readonly poles: number; readonly stations: number };

export type Registry = {
  /** What an incident has besides its letters: bound assets, a category, more clocks, alarms. Inside a transaction. */
  detail(incident: {
    readonly incidentId: number;
    readonly at: number;
    readonly finishedAt: number | null;
    readonly revision: number;
  }): void;
};

type Parts = { readonly db: Db; readonly stores: Stores; readonly random: Random; readonly now: number };

const regions = 85;
const contractors = 60;
const groups = ['Север', 'Вымпел', 'Т2', 'Линия', 'Другие'] as const;
const perTransaction = 2000;
const minuteMs = 60_000;

/** Poles and stations as a tower company has them: most of an incident's facts come from its pole. */
export function seedRegistry(parts: Parts, { poles, stations }: RegistrySize): Registry {
  const { db, stores, random, now } = parts;
  seedLists(db, now);
  const uuid = () => uuidv7(now, random.bytes(10));
  const add = (index: number, kind: 'pole' | 'station', parentId: number | null, revision: number) => {
    const number = String(index).padStart(5, '0');
    const code =
      kind === 'pole' ? `${number.slice(0, 5)}-P-${between(random, 10, 99)}-1-${index % 9}` : `KA${number}`;
    const regionId = (index % regions) + 1;
    const record = {
      uuid: uuid(),
      kind,
      sourceId: null,
      externalId: `${kind}-${index}`,
      code,
      name: '',
      state: 'On Air',
      parentId,
      regionId,
      contractorId: (index % contractors) + 1,
      address: `Область ${regionId}, дорога ${between(random, 1, 400)}`,
      latitude: 43 + (random.number() * random.number() + random.number()) * 11,
      longitude: 30 + random.number() * random.number() * 105,
      manager: `Менеджер ${regionId}`,
      emails: [],
      phones: [],
      ownContacts: false,
      sourceHash: '',
      goneAt: null,
      revision,
    } as const;
    const id = stores.assets.insert(record);
    stores.assets.setKeys({ ...record, id }, []);
    stores.assets.setOperators(id, [(index % groups.length) + 1]);
    return id;
  };
  const poleIds = inTransactions(db, poles, (index, revision) => add(index, 'pole', null, revision));
  inTransactions(db, stations, (index, revision) =>
    add(index, 'station', poleIds[index % Math.max(1, poleIds.length)] ?? null, revision),
  );
  return { detail: prepareDetail(parts, poleIds) };
}

function inTransactions(db: Db, count: number, make: (index: number, revision: number) => number): number[] {
  const made: number[] = [];
  for (let done = 0; done < count; done += perTransaction) {
    db.transact((revision) => {
      for (let index = done; index < Math.min(count, done + perTransaction); index += 1) {
        made.push(make(index, revision));
      }
    });
  }
  return made;
}

function seedLists(db: Db, now: number): void {
  const run = (sql: string, ...values: readonly (string | number)[]) => db.prepare(sql).run(...values);
  db.transact((revision) => {
    for (let id = 1; id <= 9; id += 1) {
      run('INSERT INTO macroregion (id, name, revision) VALUES (?, ?, ?)', id, `МР ${id}`, revision);
    }
    for (let id = 1; id <= regions; id += 1) {
      run(
        'INSERT INTO region (id, key, name, macroregion_id, revision) VALUES (?, ?, ?, ?, ?)',
        id,
        `R${id}`,
        `Область ${id}`,
        (id % 9) + 1,
        revision,
      );
    }
    for (let id = 1; id <= contractors; id += 1) {
      run(
        `INSERT INTO contact (id, uuid, name, kind, created_at, revision) VALUES (?, ?, ?, 'contractor', ?, ?)`,
        id,
        `contractor-${id}`,
        `Подрядчик ${id}`,
        now,
        revision,
      );
    }
    for (const [index, name] of groups.entries()) {
      run('INSERT INTO operator_group (id, name, revision) VALUES (?, ?, ?)', index + 1, name, revision);
      run(
        'INSERT INTO operator (id, name, group_id, revision) VALUES (?, ?, ?, ?)',
        index + 1,
        name,
        index + 1,
        revision,
      );
    }
  });
}

function prepareDetail({ db, random }: Parts, poleIds: readonly number[]): Registry['detail'] {
  const bind = db.prepare<[number, number], void>(
    `INSERT INTO incident_asset (incident_id, asset_id, state, found_by, confidence) VALUES (?, ?, 'bound', 'subject', 95)
     ON CONFLICT DO NOTHING`,
  );
  const categorise = db.prepare<[number, number], void>(
    'INSERT INTO incident_category (incident_id, category_id) SELECT ?, id FROM category ORDER BY id LIMIT 1 OFFSET ?',
  );
  const clock = db.prepare<[object], void>(
    `INSERT INTO incident_clock (incident_id, kind, started_at, target_ms, risk_at, due_at, ended_at, risk_raised, overdue_raised)
     VALUES (:incidentId, :kind, :at, :targetMs, :dueAt, :dueAt, :endedAt, 1, 1) ON CONFLICT DO NOTHING`,
  );
  const alarm = db.prepare<[number, string, number, number, number], void>(
    `INSERT INTO alarm (incident_id, kind, raised_at, acknowledged_at, acknowledged_by, revision)
     SELECT ?, ?, ?, ?, min(id), ? FROM person`,
  );
  const others = db
    .prepare<[], string>("SELECT key FROM clock_rule WHERE key <> 'sla' ORDER BY position")
    .pluck()
    .all();
  return ({ incidentId, at, finishedAt, revision }) => {
    // A tenth of the poles have half of the trouble.
    const share = random.number() < 0.5 ? 0.1 : 1;
    bind.run(incidentId, poleIds[Math.floor(random.number() * poleIds.length * share)] ?? 1);
    categorise.run(incidentId, random.number() < 0.8 ? 0 : 1);
    const [reaction, work] = others;
    const react = between(random, 1, 25) * minuteMs;
    for (const [kind, minutes, endedAt] of [
      [reaction, 10, at + react],
      [work, 480, finishedAt],
    ] as const) {
      if (kind === undefined || (kind === work && random.number() < 0.4)) continue;
      const targetMs = minutes * minuteMs;
      clock.run({ incidentId, kind, at, targetMs, dueAt: at + targetMs, endedAt });
    }
    for (const kind of random.number() < 0.5 ? ['new'] : ['new', 'at-risk']) {
      alarm.run(incidentId, kind, at, at + react, revision);
    }
  };
}
