import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import type { RemoteFile, RemoteMessage } from './telegram-port.ts';
import type { WriterParts } from './writer-parts.ts';

/** A row as Telegram tells the message; who wrote it here and what became of it is not Telegram's to say. */
type Told = Omit<
  ChatMessageRecord,
  'id' | 'position' | 'chatId' | 'randomId' | 'deletedAt' | 'messageId' | 'revision'
>;

export function tellRow(parts: WriterParts, chat: ChatRecord, remote: RemoteMessage): Told {
  const isService = parts.telegram.peer(parts.accountId, remote.from ?? chat.peerId)?.isService === true;
  const text = isService ? parts.maskCode(remote.text) : remote.text;
  return {
    serverId: remote.id,
    direction: remote.out ? 'out' : 'in',
    senderId: remote.from,
    senderName: senderOf(parts, chat, remote),
    text,
    entities: text === remote.text ? remote.entities : [],
    replyTo: remote.replyTo,
    topicId: remote.topicId,
    forward: remote.forward && { name: remote.forward.name, sentAt: remote.forward.sentAt },
    groupedId: remote.groupedId,
    extra: remote.extra,
    reactions: remote.reactions,
    sentAt: remote.sentAt,
    editedAt: remote.editedAt,
  };
}

function senderOf(
  { accountId, telegram }: WriterParts,
  chat: ChatRecord,
  { from, fromName }: RemoteMessage,
): string {
  if (fromName !== null) return fromName;
  return (from === null ? undefined : telegram.peer(accountId, from)?.title) ?? chat.title;
}

/** What the search finds it by. */
export function wordsOf(
  { text, extra }: Pick<ChatMessageRecord, 'text' | 'extra'>,
  files: readonly Pick<ChatFileRecord, 'fileName'>[],
): string[] {
  const words = [text, ...files.map(({ fileName }) => fileName)];
  if (extra?.kind === 'contact') words.push(extra.name, extra.phone);
  if (extra?.kind === 'location') words.push(extra.title ?? '');
  if (extra?.kind === 'service') words.push(extra.text);
  return words.filter((word) => word !== '');
}

/** The file of a message as Telegram tells it now: bytes that are here stay with it as long as it is the same file. */
export function writeFile(
  { files }: Pick<WriterParts, 'files'>,
  chatMessageId: number,
  remote: RemoteFile | null,
): ChatFileRecord[] {
  const [known] = files.ofMessage(chatMessageId);
  if (remote === null) return known ? [known] : [];
  const { location, ...described } = remote;
  if (!known) return [files.insert({ chatMessageId, ...described, remote: location, sha256: null })];
  // Ours keeps the name and bytes it was sent with: Telegram has its own copy, made smaller.
  const isOurs = known.remote === null && known.sha256 !== null;
  const isSame = isOurs || known.remote?.id === location.id;
  if (isSame && JSON.stringify(known.remote) === JSON.stringify(location)) return [known];
  const next: ChatFileRecord = isSame
    ? { ...known, remote: location, preview: known.preview ?? remote.preview }
    : { ...known, ...described, remote: location, sha256: null };
  files.save(next);
  return [next];
}

/** Whether what a person reads differs. */
export function differs(known: ChatMessageRecord, told: Told): boolean {
  return (
    known.text !== told.text ||
    JSON.stringify(known.entities) !== JSON.stringify(told.entities) ||
    JSON.stringify(known.extra) !== JSON.stringify(told.extra)
  );
}

/** Telegram takes the blanks around a text away; a document arrives as it was, a photo is made smaller. */
export function isSameWriting(
  own: Pick<ChatMessageRecord, 'text'>,
  file: Pick<ChatFileRecord, 'kind' | 'size'> | undefined,
  remote: RemoteMessage,
): boolean {
  if (own.text.trim() !== remote.text.trim() || (file === undefined) !== (remote.file === null)) return false;
  return file?.kind !== 'document' || file.size === remote.file?.size;
}
