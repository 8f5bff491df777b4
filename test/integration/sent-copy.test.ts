// skip reason: Dovecot is not installed (Debian package dovecot-imapd)
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { connectImap, type ImapConnection } from '../../src/core/mail/imap-connection.ts';
import { mailTiming } from '../../src/core/mail/mail-timing.ts';
import { createSentCopies } from '../../src/core/mail/sent-copies.ts';
import { beginDraft } from '../../src/core/letters/begin-draft.ts';
import { sendLetter } from '../../src/core/letters/send-letter.ts';
import { openFromLetter } from '../../src/core/incidents/open-incident.ts';
import { createCoreKit } from '../support/core-kit.ts';
import { makeLetter } from '../support/make-letter.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';

describe.skipIf(!hasDovecot)('a copy of what was sent', () => {
  let server: Dovecot;
  let connection: ImapConnection;
  let attachmentsDir: string;

  beforeAll(async () => {
    server = await startDovecot({ users: { desk: 'secret' } });
    attachmentsDir = await mkdtemp(join(tmpdir(), 'pult-sent-'));
    const access = { userName: 'desk', secret: { password: 'secret' }, caCertificate: undefined };
    connection = await connectImap({
      settings: { host: server.host, port: server.imap, security: 'none', ...access },
      timing: mailTiming,
      clock: systemClock,
      log: silentLogger,
    });
  });

  afterAll(async () => {
    await connection.logout();
    await server.stop();
    await rm(attachmentsDir, { recursive: true, force: true });
  });

  /** A letter the server of outgoing mail has just taken. */
  function acceptedLetter() {
    const kit = createCoreKit();
    const accountId = kit.addAccount();
    const person = kit.addPerson('Орлова');
    const applicant = { name: 'Диспетчер', address: 'noc@operator.example' };
    const { id } = openFromLetter(kit.desk, {
      title: 'Нет питания',
      applicant,
      registeredAt: kit.clock.now(),
      channel: 'mail',
      accountId,
    });
    const draft = beginDraft(
      kit.desk,
      { incidentId: id, mode: 'new', sourceId: null, templateKey: 'accepted' },
      person,
    );
    const { outboxId } = sendLetter(kit.desk, draft.id, false, person);
    kit.db.transact((revision) => {
      const record = kit.desk.outbox.require(outboxId);
      kit.desk.outbox.save({ ...record, state: 'accepted', acceptedAt: kit.clock.now(), revision });
    });
    const copies = createSentCopies({ ...kit.desk, attachmentsDir, log: silentLogger });
    return { kit, copies, accountId, state: () => kit.desk.outbox.require(outboxId).sentCopy };
  }

  const inSent = async () => (await connection.open('Sent'), connection.uidsAbove(0));

  test('is put into Sent once, after the provider has had its chance', async () => {
    const { kit, copies, accountId, state } = acceptedLetter();

    await copies.place(accountId, connection, 'Sent');
    expect([await inSent(), state()]).toEqual([[], 'waiting']);

    kit.clock.jump(30_000);
    await copies.place(accountId, connection, 'Sent');
    await copies.place(accountId, connection, 'Sent');
    expect([(await inSent()).length, state()]).toEqual([1, 'appended']);
  });

  test('is not doubled where one is there already: the provider kept it, or a crash came before the note', async () => {
    const { kit, copies, accountId, state } = acceptedLetter();
    kit.clock.jump(30_000);
    const [left] = kit.desk.outbox.rows(true);
    const { externalId } = kit.desk.views.replySource(left!.messageId)!;
    await connection.append('Sent', makeLetter({ messageId: externalId! }), kit.clock.now());
    const before = (await inSent()).length;

    await copies.place(accountId, connection, 'Sent');

    expect([(await inSent()).length, state()]).toEqual([before, 'found']);
  });
});
