import { backupTime } from '../db/backup.ts';
import type { Prepared } from '../db/prepare-database.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import type { LetterParts } from '../letters/parts.ts';
import type { StartNotes } from './start-notes.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly startNotes: StartNotes;
  /** A desk that was put to rest before its backup goes on working here. */
  readonly wake: (revision: number) => void;
  /** What it means for the incident that nobody knows whether its letter has left. */
  readonly onUnknown: (record: OutboxRecord, revision: number) => void;
};

/** Codes given between the backup and now may stand in letters: the next one must be another. */
const counterJump = 1000;
/** How far codes seen in letters may push it further: a forged PLT-999999999 must not use up all numbers. */
const counterRoom = 100_000;

/**
 * After a restore the database knows less than the world: what it thinks still waits may have left, so a person or the
 * Sent folder decides; new codes keep clear of those that were given meanwhile; the gap is shown.
 */
export function afterRestore({ desk, startNotes, onUnknown, wake }: Parts, prepared: Prepared): void {
  if (prepared.unclean && !prepared.restored) startNotes.add({ code: 'unclean-stop', facts: {} });
  const { restored } = prepared;
  if (!restored) return;
  const uncertain = [...desk.outbox.inState('queued'), ...desk.outbox.inState('sending')];
  desk.db.transact((revision) => {
    for (const record of uncertain) {
      const unknown = {
        ...record,
        state: 'unknown',
        leaseUntil: null,
        errorCode: 'restored',
        revision,
      } as const;
      desk.outbox.save(unknown);
      onUnknown(unknown, revision);
    }
    const codeCounter = desk.incidents.lastNumber() + counterJump;
    desk.incidents.raiseNumber(codeCounter);
    desk.incidents.setNumberCeiling(codeCounter + counterRoom);
    desk.db.breakRevisions();
    wake(revision);
    desk.journal.append({
      kind: 'desk.restored',
      subject: 'desk',
      subjectId: 0,
      actorId: null,
      facts: { backup: restored.name, unknownLetters: uncertain.length, codeCounter },
    });
    desk.db.touch('outbox');
  });
  const madeAt = backupTime(restored.name);
  startNotes.add({
    code: restored.why === 'damaged' ? 'restored-after-damage' : 'restored-from-backup',
    facts: {
      backup: restored.name,
      unknownLetters: uncertain.length,
      setAside: prepared.setAside ?? '',
      ...(madeAt === undefined ? {} : { madeAt }),
    },
  });
}
