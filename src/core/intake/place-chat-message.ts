import { uuidv7 } from '../../shared/ids.ts';
import type { ChatPlace } from '../platform/inbound-message.ts';
import type { Accepted } from './intake.ts';
import type { Letter } from './letter.ts';
import type { IntakeContext } from './parts.ts';
import { storeLetter } from './store-letter.ts';

/** The same rows, clocks, alarms and journal as for a letter; only the question where it belongs is answered already. */
export function placeChatMessage(
  context: IntakeContext,
  letter: Letter,
  place: ChatPlace,
  revision: number,
): Accepted {
  const { link, actorId } = place;
  const incidentId = place.incidentId ?? openFor(context, letter, place);
  const conversationId =
    place.conversationId ??
    context.conversations.insert({
      uuid: uuidv7(context.clock.now(), context.random.bytes(10)),
      channel: letter.source.channel,
      accountId: letter.source.accountId,
      incidentId,
      createdAt: context.clock.now(),
    });
  const messageId = storeLetter(context, letter, { conversationId, link, notes: [] }, revision);
  context.desk.letterJoined({
    incidentId,
    messageId,
    direction: letter.direction,
    opening: place.incidentId === null,
    automatic: false,
    receivedAt: letter.source.receivedAt,
    by: link.by,
    detail: link.detail,
    actorId,
  });
  return { messageId, incidentId, duplicate: false };
}

function openFor({ desk }: IntakeContext, { title, applicant, source }: Letter, place: ChatPlace): number {
  const { applicantPhone, typeId, actorId } = place;
  const { channel, accountId, sentAt } = source;
  const facts = {
    title,
    applicant,
    applicantPhone,
    registeredAt: sentAt,
    channel,
    accountId,
    typeId,
    actorId,
  };
  return desk.openFromLetter(facts).id;
}
