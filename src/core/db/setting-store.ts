import type { Db } from './open.ts';

export type WorkstationRecord = { readonly uuid: string; readonly createdAt: number };

export type SettingStore = {
  /** The stored JSON value, or undefined. */
  get(key: string): unknown;
  set(key: string, value: unknown, revision: number): void;
  workstation(): WorkstationRecord | undefined;
  saveWorkstation(record: WorkstationRecord): void;
  /** The answer a command gave when it was applied, as JSON text. */
  appliedCommand(id: string): string | undefined;
  recordCommand(id: string, result: string, at: number): void;
  forgetCommands(before: number): void;
};

export function createSettingStore(db: Db): SettingStore {
  const get = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const set = db.prepare<[string, string, number], void>(
    `INSERT INTO setting (key, value, revision) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision`,
  );
  const workstation = db.prepare<[], WorkstationRecord>(
    'SELECT uuid, created_at AS createdAt FROM workstation',
  );
  const saveWorkstation = db.prepare<[WorkstationRecord], void>(
    'INSERT INTO workstation (id, uuid, created_at) VALUES (1, :uuid, :createdAt)',
  );
  const applied = db.prepare<[string], string>('SELECT result FROM applied_command WHERE id = ?').pluck();
  const record = db.prepare<[string, string, number], void>(
    'INSERT INTO applied_command (id, result, applied_at) VALUES (?, ?, ?)',
  );
  const forget = db.prepare<[number], void>('DELETE FROM applied_command WHERE applied_at < ?');
  return {
    get(key) {
      const text = get.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    set: (key, value, revision) => void set.run(key, JSON.stringify(value), revision),
    workstation: () => workstation.get(),
    saveWorkstation: (row) => void saveWorkstation.run(row),
    appliedCommand: (id) => applied.get(id),
    recordCommand: (id, result, at) => void record.run(id, result, at),
    forgetCommands: (before) => void forget.run(before),
  };
}
