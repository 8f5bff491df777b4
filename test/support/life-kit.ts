import { closeIncident, type Closing } from '../../src/core/incidents/close-incident.ts';
import { moveToStatus, setType } from '../../src/core/incidents/change-incident.ts';
import { letterJoined } from '../../src/core/incidents/letter-joined.ts';
import { createLifeWatch } from '../../src/core/incidents/life-watch.ts';
import { openFromLetter } from '../../src/core/incidents/open-incident.ts';
import { undo } from '../../src/core/incidents/undo.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createCoreKit, startOfTest, type CoreKit } from './core-kit.ts';

/** What tests of an incident's life do again and again, over a desk in memory or in a file. */
export function createLifeKit(file?: string, seed?: number) {
  const kit: CoreKit = createCoreKit(file, seed);
  const { desk, db } = kit;
  const at = (id: number) => desk.incidents.require(id);
  const now = (id: number) => ({ id, expected: db.revision() });
  return {
    ...kit,
    at,
    now,
    /** From a letter; of that type, without a subtype. */
    opened(typeKey?: string) {
      const { id } = openFromLetter(desk, {
        title: 'Нет питания',
        applicant: { name: 'Диспетчер', address: 'noc@operator.example' },
        registeredAt: startOfTest,
        channel: 'mail',
        accountId: 1,
      });
      if (typeKey !== undefined) setType(desk, { ...now(id), typeId: kit.typeId(typeKey) }, null);
      return id;
    },
    /** Wherever the workflow leads or not. */
    put: (id: number, key: string) =>
      db.transact((revision) =>
        moveToStatus(
          desk,
          at(id),
          { statusId: kit.statusId(key), why: 'letter-sent', actor: null },
          revision,
        ),
      ),
    close: (id: number, more: Partial<Closing> = {}) =>
      closeIncident(desk, { ...now(id), statusId: kit.statusId('closed'), ...more }, null),
    status: (id: number) => desk.reference.status(at(id).statusId).key,
    takeBack: (sequence: number | null) => undo({ ...desk, moveLetterBack: () => {} }, sequence ?? 0, null),
    /** The facts of the newest entry of a kind. */
    told: (id: number, kind: string) => {
      const entry = desk.journal.ofSubject('incident', id).findLast((row) => row.kind === kind);
      return entry && (JSON.parse(entry.payload) as Record<string, unknown>);
    },
    joins: (id: number, more: Partial<Parameters<typeof letterJoined>[1]> = {}) =>
      letterJoined(desk, {
        incidentId: id,
        messageId: 7,
        direction: 'in',
        opening: false,
        automatic: false,
        receivedAt: kit.clock.now(),
        by: 'references',
        ...more,
      }),
    sounding: () => desk.alarms.sounding().map(({ kind }) => kind),
    watch: () => createLifeWatch(desk, silentLogger),
  };
}

export type LifeKit = ReturnType<typeof createLifeKit>;
