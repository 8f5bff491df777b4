import { readFile } from 'node:fs/promises';
import { telegramError } from '../telegram-error.ts';
import type { OutgoingFile, OutgoingMessage, SendHooks, SentMessage } from '../telegram-port.ts';
import { unlessAborted } from './twin-call.ts';
import { pushLoose } from './twin-delivery.ts';
import { postMessage } from './twin-messages.ts';
import { requirePeer } from './twin-peers.ts';
import { takeNumber } from './twin-state.ts';
import type { TwinAccount, TwinFile, TwinState } from './twin-types.ts';
import { messageView, peerView } from './twin-views.ts';

/** https://core.telegram.org/method/messages.sendMessage and https://limits.tginfo.me */
const longestText = 4096;
const longestCaption = 1024;

type Sending = { readonly hooks: SendHooks; readonly signal: AbortSignal };

export async function sendMessages(
  state: TwinState,
  account: TwinAccount,
  message: OutgoingMessage,
  { hooks, signal }: Sending,
): Promise<readonly SentMessage[]> {
  const peer = requirePeer(state, account, message.peer);
  if (peerView(state, account, peer)?.canSend !== true) throw telegramError('write-forbidden');
  if (message.text === '' && message.files.length === 0) throw telegramError('message-empty');
  const longest = message.files.length === 0 ? longestText : longestCaption;
  if (message.text.length > longest) throw telegramError('message-too-long');
  const files = await unlessAborted(uploadAll(state, message.files, hooks), signal);
  hooks.wrote();
  if (message.randomIds.some((id) => account.randomIds.has(id))) throw telegramError('already-sent');
  return message.randomIds.map((randomId, index) =>
    take(state, account, { message, peer, randomId, index, file: files[index] ?? null }),
  );
}

function take(
  state: TwinState,
  account: TwinAccount,
  sent: {
    readonly message: OutgoingMessage;
    readonly peer: string;
    readonly randomId: string;
    readonly index: number;
    readonly file: TwinFile | null;
  },
): SentMessage {
  const { message, peer, randomId, index, file } = sent;
  account.randomIds.add(randomId);
  const isFirst = index === 0;
  const posted = postMessage(state, account, {
    peer,
    from: account.user.id,
    draft: {
      // An album's words stand under its first picture.
      text: isFirst ? message.text : '',
      entities: isFirst ? message.entities : [],
      replyTo: message.replyTo,
      groupedId: message.randomIds.length > 1 ? (message.randomIds[0] ?? null) : null,
      file,
    },
  });
  pushLoose(state, account, { kind: 'message-id', id: posted.id, randomId });
  const view = messageView(state, account, posted);
  return { randomId, id: posted.id, sentAt: posted.sentAt, file: view.file };
}

async function uploadAll(
  state: TwinState,
  files: readonly OutgoingFile[],
  hooks: SendHooks,
): Promise<readonly TwinFile[]> {
  const uploaded: TwinFile[] = [];
  let sentBytes = 0;
  for (const file of files) {
    const bytes = await readFile(file.path).catch((cause: unknown) => {
      throw telegramError('file-missing', { cause });
    });
    sentBytes += bytes.length;
    hooks.onProgress?.(sentBytes);
    uploaded.push(
      keepFile(state, {
        kind: file.as,
        bytes,
        fileName: file.fileName,
        mimeType: file.mimeType,
        width: null,
        height: null,
        duration: null,
        preview: null,
      }),
    );
  }
  return uploaded;
}

export function keepFile(state: TwinState, file: Omit<TwinFile, 'id'>): TwinFile {
  const kept = { ...file, id: String(takeNumber(state)) };
  state.files.set(kept.id, kept);
  return kept;
}
