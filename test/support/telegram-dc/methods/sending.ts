import { randomBytes } from 'node:crypto';
import { Api } from 'telegram/tl/index.js';
import { method, RpcError, type Context } from '../rpc.ts';
import { big, type Big, type TlResult } from '../tl.ts';
import { isUserKey, userKey, type ChatKey, type Draft } from '../world/model.ts';
import { send, type Posted } from '../world/post.ts';
import { namedIn, renderEvent, renderUpdates } from '../world/render.ts';
import { renderMedia } from '../world/render-media.ts';
import { toChatKey } from './peers.ts';
import { takeMedia } from './uploads.ts';

const longestText = 4096;
const longestCaption = 1024;
const largestAlbum = 10;

type Common = {
  readonly replyTo?: Api.TypeInputReplyTo;
  readonly silent?: boolean;
  readonly entities?: readonly Api.TypeMessageEntity[];
};

export const sendingMethods = [
  method(Api.messages.SendMessage, (context, request) => {
    const chat = toWritableChat(context, request.peer);
    if (!request.message) throw new RpcError(400, 'MESSAGE_EMPTY');
    if (request.message.length > longestText) throw new RpcError(400, 'MESSAGE_TOO_LONG');
    const draft = toDraft(context, chat, request, request.message);
    const randomId = takeRandomId(context, request.randomId);
    const posted = sendAs(context, draft, randomId);
    const { message, event } = posted;
    if (!isUserKey(chat)) return sentUpdates(context, [{ posted, randomId }]);
    return new Api.UpdateShortSentMessage({
      out: true,
      id: message.id,
      pts: event.pts,
      ptsCount: event.count,
      date: message.date,
      entities: message.entities && [...message.entities],
    });
  }),
  method(Api.messages.SendMedia, (context, request) => {
    const chat = toWritableChat(context, request.peer);
    if (request.message.length > longestCaption) throw new RpcError(400, 'MEDIA_CAPTION_TOO_LONG');
    const draft = toDraft(context, chat, request, request.message);
    const media = takeMedia(context, request.media);
    const randomId = takeRandomId(context, request.randomId);
    const posted = sendAs(context, { ...draft, media }, randomId);
    return sentUpdates(context, [{ posted, randomId }]);
  }),
  method(Api.messages.UploadMedia, (context, { peer, media }) => {
    toChatKey(context, peer);
    return renderMedia(context.world, takeMedia(context, media));
  }),
  method(Api.messages.SendMultiMedia, (context, request) => {
    const chat = toWritableChat(context, request.peer);
    const { multiMedia } = request;
    if (multiMedia.length > largestAlbum) throw new RpcError(400, 'MULTI_MEDIA_TOO_LONG');
    const groupedId = randomBytes(8).readBigInt64LE();
    const drafts = multiMedia.map((single) => {
      // An album is made of files that are there already.
      const isUploaded =
        single.media instanceof Api.InputMediaPhoto || single.media instanceof Api.InputMediaDocument;
      if (!isUploaded) throw new RpcError(400, 'MEDIA_INVALID');
      const { replyTo, silent } = request;
      const draft = toDraft(context, chat, { replyTo, silent, entities: single.entities }, single.message);
      return {
        draft: { ...draft, media: takeMedia(context, single.media), groupedId },
        randomId: single.randomId,
      };
    });
    const ids = drafts.map((each) => takeRandomId(context, each.randomId));
    const sent = drafts.map(({ draft }, index) => {
      const randomId = ids[index] ?? big(0);
      return { posted: sendAs(context, draft, randomId), randomId };
    });
    return sentUpdates(context, sent);
  }),
];

function toWritableChat(context: Context, peer: Api.TypeEntityLike): ChatKey {
  const chat = toChatKey(context, peer);
  if (context.world.groups.get(chat)?.broadcast === true) throw new RpcError(400, 'CHAT_ADMIN_REQUIRED');
  return chat;
}

function toDraft(
  context: Context,
  chat: ChatKey,
  { replyTo, silent, entities }: Common,
  text: string,
): Draft {
  const { world, account, clock } = context;
  const answered = replyTo instanceof Api.InputReplyToMessage ? replyTo.replyToMsgId : undefined;
  if (answered !== undefined && world.boxOf(account, chat).find(answered)?.chat !== chat) {
    throw new RpcError(400, 'REPLY_MESSAGE_ID_INVALID');
  }
  return {
    chat,
    from: userKey(account.person.id),
    date: clock.seconds(),
    text,
    entities: entities ?? undefined,
    replyTo: answered,
    silent: silent || undefined,
  };
}

function sendAs({ world, account, session }: Context, draft: Draft, randomId: Big): Posted {
  return send(world, account, { ...draft, randomId: randomId.toString() }, session.id);
}

function takeRandomId({ services, account }: Context, randomId: Big | undefined): Big {
  if (randomId === undefined || randomId.isZero()) throw new RpcError(400, 'RANDOM_ID_EMPTY');
  const isNew = services.takeRandomId(account.person.id, randomId.toString());
  if (!isNew) throw new RpcError(500, 'RANDOM_ID_DUPLICATE');
  return randomId;
}

function sentUpdates(
  { world, account }: Context,
  sent: readonly { readonly posted: Posted; readonly randomId: Big }[],
): TlResult {
  const ids = sent.map(
    ({ posted, randomId }) => new Api.UpdateMessageID({ id: posted.message.id, randomId }),
  );
  const news = sent.flatMap(
    ({ posted }) => renderEvent(world, account, posted.message.chat, posted.event) ?? [],
  );
  const named = namedIn(sent.map(({ posted }) => posted.message));
  return renderUpdates(world, account, [...ids, ...news], named);
}
