import type { MessageView } from '../../shared/contract/incidents.ts';
import type { Account } from '../../shared/contract/letters.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { DraftRecord } from '../db/draft-store.ts';
import type { NewMessage } from '../db/message-store.ts';
import type { LetterParts } from './parts.ts';
import type { Leaving } from './split-letter.ts';

export type NewLetter = Leaving & Pick<DraftRecord, 'incidentId' | 'subject' | 'body' | 'attachments'>;

/** The message of a letter that leaves, in the thread it answers or at the root of one of its own. */
export function insertLetter(
  parts: LetterParts,
  letter: NewLetter,
  account: Account,
  by: { readonly personId: number | null; readonly automatic: NewMessage['automaticKind'] },
  revision: number,
): number {
  const now = parts.clock.now();
  const uuid = uuidv7(now, parts.random.bytes(10));
  const source = answered(parts, letter);
  const chain = source && parts.views.replySource(source.id);
  const references = chain
    ? [...chain.references, ...(chain.externalId === null ? [] : [chain.externalId])]
    : [];
  const { to, cc, bcc } = letter.recipients;
  const messageId = parts.messages.insert(
    {
      uuid,
      conversationId: conversationOf(parts, letter, account, source),
      direction: 'out',
      channel: 'mail',
      accountId: account.id,
      externalId: `${uuid}@${account.address.split('@').at(-1) ?? 'pult.invalid'}`,
      contentHash: null,
      likeness: null,
      inReplyTo: chain?.externalId ?? null,
      subject: letter.subject,
      from: { name: account.displayName, address: account.address },
      text: letter.body,
      html: null,
      sentAt: now,
      receivedAt: now,
      listId: null,
      automaticKind: by.automatic,
      automaticEvidence: null,
      notes: [],
      link: { by: 'sent' },
      authorId: by.personId,
      recipients: [
        ...to.map((address) => ({ ...address, kind: 'to' as const })),
        ...cc.map((address) => ({ ...address, kind: 'cc' as const })),
        ...bcc.map((address) => ({ ...address, kind: 'bcc' as const })),
      ],
      references,
      attachments: letter.attachments.map((file) => ({ ...file, contentId: undefined, inline: false })),
    },
    revision,
  );
  const people = [...to, ...cc].flatMap(({ name, address }) => [name, address]);
  parts.indexLetter({ messageId, subject: letter.subject, text: letter.body, people });
  return messageId;
}

function answered(parts: LetterParts, { sourceId, mode }: NewLetter): MessageView | undefined {
  const source = sourceId === null ? undefined : parts.views.find(sourceId);
  const answers = mode === 'reply' || mode === 'reply-all';
  return answers && source?.channel === 'mail' ? source : undefined;
}

function conversationOf(
  parts: LetterParts,
  { incidentId, party }: NewLetter,
  account: Account,
  source: MessageView | undefined,
): number {
  if (source && (parts.views.incidentOf(source.id) ?? null) === incidentId) return source.conversationId;
  const now = parts.clock.now();
  return parts.conversations.insert({
    uuid: uuidv7(now, parts.random.bytes(10)),
    channel: 'mail',
    accountId: account.id,
    incidentId,
    createdAt: now,
    party,
  });
}
