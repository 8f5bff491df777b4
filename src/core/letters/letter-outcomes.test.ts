import { expect, test } from 'vitest';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import { beginDraft } from './begin-draft.ts';
import { createLetterOutcomes, ownLetterSeen } from './letter-outcomes.ts';
import { sendLetter } from './send-letter.ts';

/** A letter whose bytes are on their way; the server has not answered yet. */
function leavingLetter() {
  const kit = createCoreKit();
  const accountId = kit.addAccount();
  const person = kit.addPerson('Орлова');
  const applicant = { name: 'Диспетчер', address: 'noc@operator.example' };
  const registeredAt = kit.clock.now();
  const { id } = openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant,
    registeredAt,
    channel: 'mail',
    accountId,
  });
  const begun = { incidentId: id, mode: 'new', sourceId: null, templateKey: 'accepted' } as const;
  const { outboxId } = sendLetter(kit.desk, beginDraft(kit.desk, begun, person).id, false, person);
  const { outbox } = kit.desk;
  const record = () => outbox.require(outboxId);
  const change = (changes: Partial<OutboxRecord>) =>
    kit.db.transact((revision) => outbox.save({ ...record(), ...changes, revision }));
  change({ state: 'sending', wroteAt: kit.clock.now() });

  /** As intake does it: the copy's raw row becomes a copy of our own message. */
  const seeCopy = (uid: number) =>
    kit.db.transact((revision) => {
      const { raw } = kit.stores;
      raw.insertFolder({ accountId, role: 'sent', path: 'Sent', uidvalidity: '1', lastUid: 0 });
      const at = kit.clock.now();
      const folderId = raw.folder(accountId, 'sent')!.id;
      const where = { accountId, folderId, uidvalidity: '1', uid, sha256: 'a'.repeat(64), size: 1 };
      const stored = { receivedAt: at, storedAt: at, state: 'stored', reason: null, detail: null } as const;
      const { messageId } = record();
      ownLetterSeen(kit.desk, messageId);
      const rawId = raw.insert({ ...where, ...stored, revision })!;
      const settled = { state: 'parsed', attempts: 0, reason: null, detail: null } as const;
      raw.settle({ id: rawId, messageId, ...settled, revision });
    });
  const loseAnswer = () =>
    kit.db.transact((revision) => {
      outbox.save({ ...record(), state: 'unknown', leaseUntil: null, revision });
      createLetterOutcomes(kit.desk).unknown(record(), revision);
    });
  return { kit, record, change, seeCopy, loseAnswer };
}

test('a letter whose answer never came is shown as unknown until its copy is seen in Sent', () => {
  const { record, seeCopy, loseAnswer } = leavingLetter();

  loseAnswer();
  expect(record().state).toBe('unknown');

  seeCopy(1);
  expect(record()).toMatchObject({ state: 'accepted', sentCopy: 'found' });
});

test('a copy that was seen while the answer was awaited is not forgotten when the answer never comes', () => {
  const { kit, record, seeCopy, loseAnswer } = leavingLetter();
  kit.clock.jump(5000);
  seeCopy(1);
  expect(record().state).toBe('sending');

  kit.clock.jump(60_000);
  loseAnswer();

  expect(record()).toMatchObject({ state: 'accepted', sentCopy: 'found' });
});

test('the copy of an earlier attempt says nothing about the next one', () => {
  const { kit, record, change, seeCopy, loseAnswer } = leavingLetter();
  seeCopy(1);
  kit.clock.jump(60_000);
  change({ state: 'sending', wroteAt: kit.clock.now() });

  loseAnswer();

  expect(record().state).toBe('unknown');
});
