import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCensusStore } from '../../src/core/db/census-store.ts';
import { loginLimits, mailTiming } from '../../src/core/mail/mail-timing.ts';
import { createMailboxCensus } from '../../src/core/mail/mailbox-census.ts';
import { connectAccount } from '../../src/core/mail/connect-account.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createCompleteness } from '../../src/core/reports/completeness.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { letter, type MailRig, settingsFor, startRig } from './mail-rig.ts';

const soon = { timeout: 20_000, interval: 20 };
const subjects = Array.from({ length: 12 }, (_, index) => `alarm ${index + 1}`);

describe.skipIf(!hasDovecot)('a mailbox compared with what is stored', () => {
  let dovecot: Dovecot;
  let rig: MailRig;
  let desk: ReturnType<typeof completenessOf>;

  beforeEach(async () => {
    dovecot = await startDovecot();
    rig = startRig();
    desk = completenessOf(rig);
    dovecot.fill(
      'desk',
      subjects.map((subject) => letter(subject)),
    );
    const settings = settingsFor({ host: dovecot.host, port: dovecot.imap });
    rig.accounts.save({ id: null, settings, password: 'secret', opensFrom: 0 }, null);
    await rig.start();
    await vi.waitUntil(() => rig.messages.length === subjects.length, soon);
  });

  afterEach(async () => {
    await rig.stop();
    await dovecot.stop();
  });

  const inbox = () => desk.view().accounts[0]!.folders.find(({ role }) => role === 'inbox')!;
  const forget = (uid: number) => rig.db.connection.exec(`DELETE FROM raw_message WHERE uid = ${uid}`);

  test('every UID has its letter, by day and with the moment it was looked at', async () => {
    expect(inbox().takenAt).toBeNull();

    await desk.compare(1);

    expect(inbox().totals).toMatchObject({ onServer: 12, matched: 12, missing: 0, gone: 0 });
    expect(inbox().days.reduce((sum, { matched }) => sum + matched, 0)).toBe(12);
    expect(inbox().takenAt).toBeGreaterThan(0);
  });

  test('a letter that vanished here is named by its UID, and fetching it brings it back', async () => {
    forget(5);
    await desk.compare(1);
    expect(inbox()).toMatchObject({ totals: { matched: 11, missing: 1 }, missing: [{ uid: 5 }] });

    expect(await desk.fetch(inbox().folderId, [5])).toEqual({ fetched: 1, gone: 0 });

    await expect.poll(() => rig.copies.length, soon).toBe(1);
    await desk.compare(1);
    expect(inbox().totals).toMatchObject({ matched: 12, missing: 0, waiting: 0 });
  });

  test('a letter whose row is there and whose text is gone is missing too, and is read again from its bytes', async () => {
    rig.db.connection.pragma('foreign_keys = OFF');
    rig.db.connection.exec(
      'DELETE FROM message WHERE id = (SELECT message_id FROM raw_message WHERE uid = 7)',
    );
    await desk.compare(1);
    expect(inbox().missing).toMatchObject([{ uid: 7 }]);

    await desk.fetch(inbox().folderId, [7]);

    await expect.poll(() => rig.messages.length, soon).toBe(13);
    await desk.compare(1);
    expect(inbox().totals).toMatchObject({ matched: 12, missing: 0 });
  });

  test('what was expunged on the server is told as gone, and a fetch of it says so', async () => {
    forget(3);
    await desk.compare(1);
    await dovecot.expunge('desk', '1:4');

    expect(await desk.fetch(inbox().folderId, [3])).toEqual({ fetched: 0, gone: 1 });

    expect(inbox().totals).toMatchObject({ onServer: 8, matched: 8, gone: 3, missing: 0 });
  });

  test('a letter in quarantine is no loss and is named with its reason', async () => {
    rig.db.connection.exec(
      "UPDATE raw_message SET state = 'quarantined', reason = 'parse-failed', message_id = NULL WHERE uid = 9",
    );

    await desk.compare(1);

    expect(inbox()).toMatchObject({
      totals: { matched: 11, quarantined: 1, missing: 0 },
      quarantined: [{ uid: 9, reason: 'parse-failed', released: false }],
    });
  });

  test('without the server the last comparison stands with its moment, and the failure is told', async () => {
    await desk.compare(1);
    const { takenAt } = inbox();
    await dovecot.stop();

    await expect(desk.compare(1)).rejects.toMatchObject({ code: 'unavailable' });

    expect(inbox()).toMatchObject({ takenAt, totals: { matched: 12 } });
  });

  test('looking marks nothing as read and takes no letter twice', async () => {
    await desk.compare(1);
    await desk.fetch(inbox().folderId, [2]);

    expect([rig.messages.length, rig.copies.length]).toEqual([12, 0]);
  });

  test('a mailbox that is switched off is not asked', async () => {
    rig.db.connection.exec('UPDATE account SET enabled = 0');

    await expect(desk.compare(1)).rejects.toMatchObject({ code: 'conflict', reason: 'account-off' });
  });
});

function completenessOf({ db, raw, store, intake, secrets, ingest }: MailRig) {
  const census = createMailboxCensus({
    accounts: store,
    raw,
    intake,
    limits: { ...loginLimits, spacing: [0] },
    clock: systemClock,
    log: silentLogger,
    connect: (account, onNeverAsked) =>
      connectAccount({
        account,
        secrets,
        timing: { ...mailTiming, connect: 3000 },
        clock: systemClock,
        log: silentLogger,
        onNeverAsked,
      }),
  });
  return createCompleteness({
    db,
    store: createCensusStore(db),
    census,
    readAgain(rawIds) {
      db.transact((revision) => {
        for (const id of rawIds) {
          raw.settle({
            id,
            state: 'stored',
            messageId: null,
            attempts: 0,
            reason: null,
            detail: null,
            revision,
          });
        }
        db.afterCommit(ingest.wake);
      });
    },
    clock: systemClock,
    zone: () => 'Europe/Moscow',
  });
}
