import { createHash } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { filePlaces } from '../../src/core/keeping/bring-set.ts';
import { createKeepingSettings } from '../../src/core/keeping/keeping-settings.ts';
import { makeSet, type MakeSet } from '../../src/core/keeping/make-set.ts';
import { createRetention } from '../../src/core/keeping/retention.ts';
import { createWorkGate } from '../../src/core/keeping/work-gate.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createCoreKit } from './core-kit.ts';

const dayMs = 86_400_000;

/** A desk on the disk with as many incidents closed long ago, each with a letter that has a file. */
export function openKeepingDesk(dataDir: string, seed: number) {
  const dirs = createDataDir(dataDir);
  const kit = createCoreKit(dirs.db, seed);
  const places = filePlaces(dirs);
  const clock = { ...systemClock, now: kit.clock.now };
  const settings = createKeepingSettings({ ...kit.desk, store: kit.stores.settings });
  return {
    kit,
    dirs,
    places,
    fill(count: number) {
      const person = kit.addPerson('Орлова');
      kit.db.transact(() => {
        for (let index = 0; index < count; index += 1) addIncident(index, person);
      });
    },
    backUp: (base: string, onProgress: MakeSet['onProgress']) =>
      makeSet({
        db: kit.db,
        places,
        clock: systemClock,
        base,
        about: { desk: 'd', codePrefix: 'PLT', pult: '0', reason: 'full', recovery: false },
        signal: new AbortController().signal,
        onProgress,
      }),
    retention() {
      settings.save({ attachmentDays: 100 }, null);
      return createRetention({
        ...kit.desk,
        clock,
        log: silentLogger,
        store: kit.stores.retention,
        texts: kit.stores.textRetention,
        settings,
        dataDir: dirs,
        places,
        gate: createWorkGate(),
      });
    },
  };

  function addIncident(index: number, person: number): void {
    const text = `file ${index}`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    const path = places.attachment(sha256);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const seconds = kit.clock.now() / 1000 - 90 * 86_400;
    utimesSync(path, seconds, seconds);
    const id = kit.open(
      {
        title: text,
        description: '',
        applicantName: '',
        applicantPhone: '',
        applicantAddress: '',
        asset: '',
        typeId: null,
        assigneeId: null,
      },
      person,
    );
    kit.db.connection.exec(`
      UPDATE incident SET finished_at = ${kit.clock.now() - 200 * dayMs} WHERE id = ${id};
      INSERT INTO conversation (uuid, channel, incident_id, created_at) VALUES ('c${id}', 'mail', ${id}, 1);
      INSERT INTO message (uuid, conversation_id, direction, channel, subject, text, sent_at, received_at, link, revision)
        SELECT 'm${id}', id, 'in', 'mail', 'x', 'x', 1, 1, '{}', 1 FROM conversation WHERE uuid = 'c${id}';
      INSERT INTO attachment (message_id, position, sha256, file_name, mime_type, size, inline)
        SELECT id, 0, '${sha256}', 'a', 'b', 10, 0 FROM message WHERE uuid = 'm${id}';`);
  }
}
