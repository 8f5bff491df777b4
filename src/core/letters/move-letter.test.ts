import { beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { createIntake } from '../intake/intake.ts';
import { createMoveLetter } from '../intake/move-letter.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { moveLetter, moveLetterBack } from './move-letter.ts';

let kit: CoreKit;
let accountId: number;

beforeEach(() => {
  kit = createCoreKit();
  accountId = kit.addAccount();
});

function arrives(subject: string): { readonly messageId: number; readonly incidentId: number } {
  const intake = createIntake({
    ...kit.desk,
    log: silentLogger,
    desk: createIncidentDesk(kit.desk),
    onOwnLetterSeen: () => {},
    onBounce: () => {},
    onNotice: () => undefined,
  });
  const letter: InboundMessage = {
    channel: 'mail',
    accountId,
    direction: 'in',
    externalId: `${subject}@operator.example`,
    contentHash: subject,
    inReplyTo: undefined,
    references: [],
    from: { name: '', address: `${subject}@operator.example` },
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    subject,
    text: subject,
    html: undefined,
    sentAt: kit.clock.now(),
    receivedAt: kit.clock.now(),
    listId: undefined,
    automatic: undefined,
    attachments: [],
    notes: [],
  };
  const { messageId, incidentId } = intake.accept(letter, { mayOpen: true });
  return { messageId, incidentId: incidentId ?? 0 };
}

const move = (messageId: number, incidentId: number | null) =>
  moveLetter(kit.desk, createMoveLetter(kit.desk), { messageId, incidentId, why: 'hand', actor: null });

test('the only letter leaves nothing that sounds behind, and undo brings both back', () => {
  const [first, second] = [arrives('первое'), arrives('второе')];

  const { undo } = move(second.messageId, first.incidentId);

  expect(kit.desk.incidents.require(first.incidentId).messageCount).toBe(2);
  expect(kit.desk.incidents.require(second.incidentId)).toMatchObject({
    messageCount: 0,
    dismissedAt: kit.clock.now(),
  });
  expect(kit.desk.alarms.sounding().map(({ incidentId }) => incidentId)).toEqual([first.incidentId]);

  const entry = kit.desk.journal.find(undo ?? 0);
  moveLetterBack(kit.desk, createMoveLetter(kit.desk), JSON.parse(entry!.payload), null);

  expect(kit.desk.incidents.require(first.incidentId).messageCount).toBe(1);
  expect(kit.desk.incidents.require(second.incidentId)).toMatchObject({ messageCount: 1, dismissedAt: null });
});

test('a letter given an incident of its own is counted there once', () => {
  const { messageId, incidentId } = arrives('первое');

  const moved = move(messageId, null);

  expect(moved.incidentId).not.toBe(incidentId);
  expect(kit.desk.incidents.require(moved.incidentId)).toMatchObject({ messageCount: 1, title: 'первое' });
  expect(kit.desk.incidents.require(incidentId).dismissedAt).not.toBeNull();
});
