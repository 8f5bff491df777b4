import { uuidv7 } from '../shared/ids.ts';
import type { composeMail } from './compose-mail.ts';
import type { Stores } from './compose-stores.ts';
import type { DiskGuard } from './keeping/disk-guard.ts';
import type { LetterParts } from './letters/parts.ts';
import type { DataDir } from './platform/data-dir.ts';
import type { Logger } from './platform/logger.ts';
import { createCompleteness } from './reports/completeness.ts';
import { createReports, type Reports } from './reports/create-reports.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  readonly dataDir: DataDir;
  readonly disk: DiskGuard;
  readonly mail: Pick<ReturnType<typeof composeMail>, 'census' | 'ingest'>;
  readonly log: Logger;
};

/** What the desk has done, and the proof that nothing was lost. */
export function composeReports({ desk, stores, dataDir, disk, mail, log }: Parts): Reports {
  const { db, clock, random, journal, zone } = desk;
  const completeness = createCompleteness({
    db,
    clock,
    zone,
    store: stores.census,
    census: mail.census,
    readAgain(rawIds) {
      db.transact((revision) => {
        for (const id of rawIds) {
          stores.raw.settle({
            id,
            state: 'stored',
            messageId: null,
            attempts: 0,
            reason: null,
            detail: null,
            revision,
          });
        }
        db.afterCommit(mail.ingest.wake);
      });
    },
  });
  return createReports({
    db,
    clock,
    zone,
    log,
    store: stores.reports,
    exports: stores.exports,
    notices: stores.notificationView,
    noticeExports: stores.noticeExports,
    map: stores.map,
    settings: stores.settings,
    completeness,
    directory: dataDir.tmp,
    mayStore: disk.mayStore,
    newId: () => uuidv7(clock.now(), random.bytes(10)),
    tellSetting: (key, actorId) =>
      void journal.append({
        kind: 'setting.saved',
        subject: 'setting',
        subjectId: 0,
        actorId,
        facts: { keys: [key] },
      }),
  });
}
