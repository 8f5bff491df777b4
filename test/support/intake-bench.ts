import { createHash } from 'node:crypto';
import { createMoveLetter, type MoveLetter } from '../../src/core/intake/move-letter.ts';
import { createIntake, type Accepted, type Intake } from '../../src/core/intake/intake.ts';
import type { Bounced, IntakeEvents } from '../../src/core/intake/parts.ts';
import { createJournal } from '../../src/core/journal/journal.ts';
import { openDb, type Db } from '../../src/core/db/open.ts';
import { createMessageStore, type NewMessage } from '../../src/core/db/message-store.ts';
import { createMessageViewStore, type MessageViewStore } from '../../src/core/db/message-view-store.ts';
import { createConversationStore } from '../../src/core/db/conversation-store.ts';
import { createRuleStore, type RuleField, type RuleStore } from '../../src/core/db/rule-store.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import type { InboundMessage } from '../../src/core/platform/inbound-message.ts';
import { systemRandom } from '../../src/core/platform/random.ts';
import type { MessageView } from '../../src/shared/contract/incidents.ts';
import { emptyDatabase } from './empty-database.ts';
import { createFakeClock } from './fake-clock.ts';
import { createFakeDesk, type FakeDesk } from './fake-incident-desk.ts';

export const deskAddress = 'desk@towers.example';

export type IntakeBench = {
  readonly db: Db;
  readonly desk: FakeDesk;
  readonly intake: Intake;
  readonly views: MessageViewStore;
  readonly rules: RuleStore;
  readonly bounced: Bounced[];
  readonly ownSeen: number[];
  readonly moveLetter: MoveLetter;
  accept(message: InboundMessage, mayOpen?: boolean): Accepted;
  view(messageId: number): MessageView;
  addRule(field: RuleField, value: string): number;
  /** A letter as the outbox queues it, in a conversation of the incident. */
  send(incidentId: number, externalId: string, to: string, subject?: string): number;
  journalKinds(): string[];
};

/** Real database and journal, a desk that only listens. */
export function createIntakeBench(
  options: { prefix?: string; foreign?: readonly string[]; onNotice?: IntakeEvents['onNotice'] } = {},
): IntakeBench {
  const clock = createFakeClock();
  const db = openDb({ file: emptyDatabase(), clock, log: silentLogger });
  addAccount(db, 1, deskAddress);
  addAccount(db, 2, 'night@towers.example');
  const desk = createFakeDesk(db, options);
  const bounced: Bounced[] = [];
  const ownSeen: number[] = [];
  const intake = createIntake({
    db,
    desk,
    journal: createJournal({ db, clock, random: systemRandom, workstation: 'test' }),
    random: systemRandom,
    clock,
    log: silentLogger,
    onBounce: (event) => bounced.push(event),
    onNotice: options.onNotice ?? (() => undefined),
    onOwnLetterSeen: (id) => ownSeen.push(id),
  });
  const views = createMessageViewStore(db);
  const rules = createRuleStore(db);
  return {
    db,
    desk,
    intake,
    views,
    rules,
    bounced,
    ownSeen,
    moveLetter: createMoveLetter({ db, clock, random: systemRandom }),
    accept: (message, mayOpen = true) => intake.accept(message, { mayOpen }),
    view(messageId) {
      const view = views.find(messageId);
      if (!view) throw new Error(`No letter ${messageId}`);
      return view;
    },
    addRule: (field, value) =>
      db.transact((revision) =>
        rules.save({ field, value, active: true, createdBy: null, createdAt: 0 }, revision),
      ),
    send: (incidentId, externalId, to, subject = 'Re') =>
      db.transact((revision) => {
        const conversationId = createConversationStore(db).insert({
          uuid: externalId,
          channel: 'mail',
          accountId: 1,
          incidentId,
          createdAt: 0,
        });
        return createMessageStore(db).insert(outgoing({ conversationId, externalId, to, subject }), revision);
      }),
    journalKinds: () => db.prepare<[], string>('SELECT kind FROM journal ORDER BY sequence').pluck().all(),
  };
}

let nextLetter = 0;

/** A letter with only what the test cares for; every call is another letter unless it names the same id. */
export function inbound(
  parts: Partial<InboundMessage> & { id?: string; sender?: string } = {},
): InboundMessage {
  nextLetter += 1;
  const { id = `letter-${nextLetter}@op.example`, sender = 'noc@op.example', ...rest } = parts;
  const message: InboundMessage = {
    channel: 'mail',
    accountId: 1,
    direction: 'in',
    externalId: id,
    contentHash: '',
    inReplyTo: undefined,
    references: [],
    from: { name: '', address: sender },
    replyTo: [],
    to: [{ name: '', address: deskAddress }],
    cc: [],
    bcc: [],
    subject: `Нет питания ${nextLetter}`,
    text: 'Оборудование обесточено.',
    html: undefined,
    sentAt: Date.UTC(2026, 2, 4, 5, 0, nextLetter % 60),
    receivedAt: Date.UTC(2026, 2, 4, 5, 1, nextLetter % 60),
    listId: undefined,
    automatic: undefined,
    attachments: [],
    notes: [],
    ...rest,
  };
  const hash = createHash('sha256')
    .update(`${message.externalId}${message.from?.address}${message.text}`)
    .digest('hex');
  return { ...message, contentHash: parts.contentHash ?? hash };
}

function outgoing(parts: {
  conversationId: number;
  externalId: string;
  to: string;
  subject: string;
}): NewMessage {
  return {
    uuid: `out-${parts.externalId}`,
    conversationId: parts.conversationId,
    direction: 'out',
    channel: 'mail',
    accountId: 1,
    externalId: parts.externalId,
    contentHash: null,
    likeness: null,
    inReplyTo: null,
    subject: parts.subject,
    from: { name: 'Пульт', address: deskAddress },
    text: 'Приняли в работу.',
    html: null,
    sentAt: Date.UTC(2026, 2, 4, 5, 30),
    receivedAt: Date.UTC(2026, 2, 4, 5, 30),
    listId: null,
    automaticKind: null,
    automaticEvidence: null,
    notes: [],
    link: { by: 'reply' },
    authorId: null,
    recipients: [{ kind: 'to', name: '', address: parts.to }],
    references: [],
    attachments: [],
  };
}

function addAccount(db: Db, id: number, address: string): void {
  db.transact(() => {
    db.prepare(
      `INSERT INTO account (id, uuid, name, address, preset, imap_host, imap_port, imap_security, smtp_host, smtp_port,
         smtp_security, user_name, sealed_password, sent_copy, opens_from, created_at, revision)
       VALUES (?, ?, ?, ?, 'custom', 'h', 1, 'tls', 'h', 1, 'tls', 'u', 'x', 'append', 0, 0, 1)`,
    ).run(id, `account-${id}`, address, address);
    return undefined;
  });
}
