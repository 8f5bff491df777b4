import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { createIntake } from '../intake/intake.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { beginDraft } from './begin-draft.ts';
import type { LetterMode } from './letter-subject.ts';

const own = 'desk@towers.example';
const second = 'night@towers.example';
const operator = { name: 'Сменный инженер', address: 'noc@operator.example' };
const chief = { name: '', address: 'chief@operator.example' };
const guard = { name: 'Охрана', address: 'guard@site.example' };

const scan: InboundMessage['attachments'][number] = {
  sha256: 'a'.repeat(64),
  fileName: 'акт.pdf',
  mimeType: 'application/pdf',
  size: 4,
  contentId: undefined,
  inline: false,
};
const picture = { sha256: 'b'.repeat(64), fileName: 'подпись.png', inline: true, contentId: 'logo' };

let kit: CoreKit;
let person: number;
let accountId: number;

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  accountId = kit.addAccount(own);
  kit.addAccount(second);
});

function arrives(over: Partial<InboundMessage> = {}) {
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
    externalId: 'first@operator.example',
    contentHash: 'first',
    inReplyTo: undefined,
    references: [],
    from: operator,
    replyTo: [],
    to: [{ name: '', address: own }],
    cc: [],
    bcc: [],
    subject: 'Нет питания',
    text: 'Щит обесточен.\nЖдём.\n',
    html: undefined,
    sentAt: kit.clock.now(),
    receivedAt: kit.clock.now(),
    listId: undefined,
    automatic: undefined,
    attachments: [],
    notes: [],
    ...over,
  };
  const { messageId, incidentId } = intake.accept(letter, { mayOpen: true });
  return { messageId, incidentId: incidentId ?? 0 };
}

const begin = (mode: LetterMode, over: Partial<InboundMessage> = {}) => {
  const { messageId, incidentId } = arrives(over);
  return beginDraft(kit.desk, { incidentId, mode, sourceId: messageId, templateKey: null }, person);
};

describe('a reply', () => {
  test('goes to whoever wrote, from the box the letter came to', () => {
    const draft = begin('reply', { cc: [chief] });

    expect(draft.recipients).toEqual({ to: [operator], cc: [], bcc: [] });
    expect(draft.accountId).toBe(accountId);
  });

  test('goes where the letter asks answers to go', () => {
    expect(begin('reply', { replyTo: [chief] }).recipients.to).toEqual([chief]);
  });

  test('to a letter that asks for answers to our own box goes to the applicant, not to ourselves', () => {
    const { incidentId } = arrives();
    const { messageId } = arrives({
      externalId: 'second@operator.example',
      contentHash: 'second',
      inReplyTo: 'first@operator.example',
      from: chief,
      replyTo: [{ name: '', address: own.toUpperCase() }],
    });

    const draft = beginDraft(
      kit.desk,
      { incidentId, mode: 'reply', sourceId: messageId, templateKey: null },
      person,
    );

    expect(draft.recipients.to).toEqual([operator]);
  });

  test('quotes the letter below the signature, with who wrote it and when', () => {
    expect(begin('reply', { text: 'Щит обесточен.\n> Что случилось?\n' }).body).toBe(
      '\n\n-- \nСмена НТ\n\n04.03.2026, 08:30 (Москва, UTC+3), Сменный инженер <noc@operator.example>:\n> Щит обесточен.\n>> Что случилось?',
    );
  });

  test('leaves the files where they are', () => {
    expect(begin('reply', { attachments: [scan] }).attachments).toEqual([]);
  });
});

describe('a reply to all', () => {
  test('copies everybody once, and none of our own boxes', () => {
    const draft = begin('reply-all', {
      to: [{ name: '', address: own }, guard],
      cc: [
        chief,
        { name: '', address: second },
        { name: 'Ещё раз', address: 'GUARD@site.example' },
        operator,
      ],
    });

    expect(draft.recipients).toEqual({ to: [operator], cc: [guard, chief], bcc: [] });
  });
});

describe('a forwarded letter', () => {
  test('goes to nobody yet, and carries the words and the files of the letter', () => {
    const draft = begin('forward', { cc: [chief], attachments: [scan, { ...scan, ...picture }] });

    expect(draft.recipients).toEqual({ to: [], cc: [], bcc: [] });
    expect(draft.subject).toBe('Fwd: PLT-1001: Нет питания');
    expect(draft.body).toContain(
      'От: Сменный инженер <noc@operator.example>\nДата: 04.03.2026, 08:30 (Москва, UTC+3)\n',
    );
    expect(draft.body).toContain(`Кому: ${own}\n\nЩит обесточен.\nЖдём.`);
    expect(draft.attachments.map(({ fileName }) => fileName)).toEqual(['акт.pdf']);
  });
});

test('a new letter about an incident goes to the applicant and quotes nothing', () => {
  const { incidentId } = arrives({ cc: [chief] });

  const draft = beginDraft(kit.desk, { incidentId, mode: 'new', sourceId: null, templateKey: null }, person);

  expect(draft.recipients).toEqual({ to: [operator], cc: [], bcc: [] });
  expect(draft.subject).toBe('PLT-1001: Нет питания');
  expect(draft.body).toBe('\n\n-- \nСмена НТ');
});
