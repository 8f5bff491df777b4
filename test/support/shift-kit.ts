import type { ChannelState, ShiftParts } from '../../src/core/shift/parts.ts';
import { createShiftSettings } from '../../src/core/shift/shift-settings.ts';
import { setType } from '../../src/core/incidents/change-incident.ts';
import { openFromLetter } from '../../src/core/incidents/open-incident.ts';
import { savePerson } from '../../src/core/people/people.ts';
import { createCoreKit, type CoreKit } from './core-kit.ts';

export type ShiftKit = CoreKit & {
  readonly parts: ShiftParts;
  /** What the desk's channels say of themselves; tests change it. */
  readonly channels: ChannelState[];
  addLead(name: string): number;
  /** As a letter opens it: assigned to the least busy, registered now. */
  letter(title?: string): number;
  /** Somebody has looked at it: the clock of the dispatcher's reaction has ended. */
  seen(incidentId: number): number;
  /** Of a type with a deadline, so that the clock runs. */
  typed(incidentId: number, key?: string): void;
  facts(kind: string): unknown[];
};

export function createShiftKit(file?: string): ShiftKit {
  const kit = createCoreKit(file);
  const { db, desk, stores, clock } = kit;
  const channels: ChannelState[] = [];
  const parts: ShiftParts = {
    ...desk,
    handovers: stores.handovers,
    work: stores.shiftWork,
    silences: stores.silences,
    shiftSettings: createShiftSettings({ db, store: stores.settings, journal: desk.journal }),
    channels: () => channels,
    quarantined: () => stores.raw.quarantinedCount(),
  };
  return {
    ...kit,
    parts,
    channels,
    addLead: (name) =>
      savePerson(desk, { name, role: 'lead', email: '', phone: '', active: true, addresses: [] }, null),
    letter: (title = 'Нет питания') =>
      openFromLetter(desk, {
        title,
        applicant: { name: '', address: 'noc@operator.example' },
        registeredAt: clock.now(),
        channel: 'mail',
        accountId: 1,
      }).id,
    seen(incidentId) {
      db.transact(() =>
        db
          .prepare("UPDATE incident_clock SET ended_at = ? WHERE incident_id = ? AND kind = 'reaction'")
          .run(clock.now(), incidentId),
      );
      return incidentId;
    },
    typed(incidentId, key = 'power-moscow') {
      const { revision } = desk.incidents.require(incidentId);
      setType(desk, { id: incidentId, expected: revision, typeId: kit.typeId(key) }, null);
    },
    facts: (kind) =>
      db
        .prepare<[string], string>('SELECT payload FROM journal WHERE kind = ? ORDER BY sequence')
        .pluck()
        .all(kind)
        .map((payload) => JSON.parse(payload) as unknown),
  };
}
