import type { SaveAsset } from '../../src/core/assets/registry.ts';
import { createIncidentDesk } from '../../src/core/incidents/create-incident-desk.ts';
import { createIntake } from '../../src/core/intake/intake.ts';
import type { InboundMessage } from '../../src/core/platform/inbound-message.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { blankAsset } from './asset-kit.ts';
import { createUndoKit, type UndoKit } from './undo-kit.ts';

export type Arrived = { readonly messageId: number; readonly incidentId: number };

export type LinkKit = Omit<UndoKit, 'accountId'> & {
  readonly mailboxId: number;
  readonly actor: number;
  /** A letter as the mailbox hands it over; `id` is its Message-ID, by default made of the subject. */
  letter(letter: Partial<InboundMessage> & { readonly subject: string; readonly id?: string }): Arrived;
  region(name: string): number;
  asset(asset: Partial<SaveAsset> & { readonly code: string }): number;
  /** Revision that a page which has just looked would act on. */
  expected(): number;
  /** Letters of the incident by their subjects. */
  subjects(incidentId: number): string[];
  /** Kinds of the incident's journal. */
  events(incidentId: number): string[];
};

/** A desk with one mailbox and one person on duty, where letters come in by intake. */
export function createLinkKit(): LinkKit {
  const kit = createUndoKit();
  const { db, desk, clock } = kit;
  const actor = kit.addPerson('Орлова');
  const mailboxId = kit.addAccount();
  const intake = createIntake({
    ...desk,
    log: silentLogger,
    desk: createIncidentDesk(desk),
    onOwnLetterSeen: () => {},
    onBounce: () => {},
    onNotice: () => undefined,
  });
  let count = 0;
  return {
    ...kit,
    mailboxId,
    actor,
    letter({ id, ...letter }) {
      count += 1;
      const whole: InboundMessage = {
        channel: 'mail',
        accountId: mailboxId,
        direction: 'in',
        externalId: id ?? `letter-${count}@operator.example`,
        contentHash: `letter-${count}`,
        inReplyTo: undefined,
        references: [],
        from: { name: '', address: `noc-${count}@operator.example` },
        replyTo: [],
        to: [],
        cc: [],
        bcc: [],
        text: letter.subject,
        html: undefined,
        sentAt: clock.now(),
        receivedAt: clock.now(),
        listId: undefined,
        automatic: undefined,
        attachments: [],
        notes: [],
        ...letter,
      };
      const { messageId, incidentId } = intake.accept(whole, { mayOpen: true });
      return { messageId, incidentId: incidentId ?? 0 };
    },
    region: (name) =>
      db.transact(() =>
        Number(
          db
            .prepare<[string, string], void>('INSERT INTO region (key, name, revision) VALUES (?, ?, 1)')
            .run(name, name).lastInsertRowid,
        ),
      ),
    asset: (asset) => db.transact(() => kit.registry.save({ ...blankAsset, ...asset }, actor)),
    expected: () => db.revision(),
    subjects: (incidentId) => desk.views.timeline(incidentId, null, 100).map(({ subject }) => subject),
    events: (incidentId) => desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind),
  };
}
