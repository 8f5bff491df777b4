import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { NewMessage, RecipientKind } from '../db/message-store.ts';
import type { InboundAttachment, MessageAddress } from '../platform/inbound-message.ts';
import type { Letter } from './letter.ts';
import type { IntakeContext } from './parts.ts';

const mostRecipients = 500;
/** A letter to a hundred people would fill the completion with strangers. */
const mostRemembered = 20;

type Where = {
  readonly conversationId: number;
  readonly link: LinkEvidence;
  readonly notes: readonly string[];
};

/** The rows of one letter, its words for the search and its people for completion. */
export function storeLetter(context: IntakeContext, letter: Letter, where: Where, revision: number): number {
  const { source } = letter;
  const isMail = source.channel === 'mail';
  const recipients = recipientsOf(letter);
  const from = clip(source.from ?? { name: '', address: '' });
  const message: NewMessage = {
    uuid: uuidv7(context.clock.now(), context.random.bytes(10)),
    conversationId: where.conversationId,
    direction: letter.direction,
    channel: source.channel,
    accountId: source.accountId,
    externalId: source.externalId ?? null,
    contentHash: source.contentHash,
    likeness: letter.direction === 'in' && isMail && !letter.automatic ? letter.likeness : null,
    inReplyTo: source.inReplyTo ?? null,
    subject: source.subject,
    from,
    text: letter.text,
    html: source.html ?? null,
    sentAt: source.sentAt,
    receivedAt: source.receivedAt,
    listId: source.listId ?? null,
    automaticKind: source.automatic?.kind ?? null,
    automaticEvidence: source.automatic?.evidence ?? null,
    notes: [...source.notes, ...where.notes],
    link: where.link,
    authorId: null,
    recipients,
    references: letter.parents,
    attachments: source.attachments.map(clipAttachment),
  };
  const messageId = context.messages.insert(message, revision);
  context.search.indexMessage(messageId, {
    subject: source.subject,
    people: [from, ...recipients].map(({ name, address }) => `${name} ${address}`),
    text: letter.text,
  });
  if (isMail && !letter.automatic) {
    const people = [from, ...recipients.filter(({ kind }) => kind !== 'bcc')].slice(0, mostRemembered);
    for (const person of people) context.addresses.remember(person, source.sentAt);
  }
  return messageId;
}

function recipientsOf({ source }: Letter): (MessageAddress & { kind: RecipientKind })[] {
  const of = (kind: RecipientKind, list: readonly MessageAddress[]) =>
    list.map((address) => ({ ...clip(address), kind }));
  return [
    ...of('to', source.to),
    ...of('cc', source.cc),
    ...of('bcc', source.bcc),
    ...of('reply-to', source.replyTo),
  ].slice(0, mostRecipients);
}

/** What the contract lets through; the raw letter keeps the rest. */
function clip({ name, address }: MessageAddress): MessageAddress {
  return { name: name.slice(0, 200), address: address.slice(0, 320) };
}

function clipAttachment(attachment: InboundAttachment): InboundAttachment {
  return {
    ...attachment,
    fileName: attachment.fileName.slice(0, 255),
    mimeType: attachment.mimeType.slice(0, 127),
  };
}
