import type { ChatRow } from '../../src/shared/contract/chats.ts';
import type { OutboxRow } from '../../src/shared/contract/letters.ts';
import type { TelegramAccount } from '../../src/shared/contract/telegram.ts';
import type { AnswerDraft } from '../../src/renderer/features/answer/answer-state.ts';

type Place = { readonly chatId: number; readonly incidentId: number | null };
type Sent = Place & {
  readonly text: string;
  readonly entities: readonly { readonly kind: string; readonly offset: number; readonly length: number }[];
  readonly replyTo: number | null;
  readonly files: readonly { readonly fileName: string; readonly as: string }[];
};

export function makeChatRow(part: Partial<ChatRow> = {}): ChatRow {
  return {
    id: 31,
    accountId: 1,
    kind: 'supergroup',
    title: 'Волга АВР',
    username: null,
    isSelf: false,
    isService: false,
    pinned: 0,
    archived: false,
    mutedUntil: null,
    unread: 0,
    canSend: true,
    goneAt: null,
    lastAt: null,
    last: null,
    contact: null,
    hasRules: false,
    ...part,
  };
}

export function makeTelegramAccount(part: Partial<TelegramAccount> = {}): TelegramAccount {
  return {
    id: 1,
    name: 'Диспетчерская',
    username: null,
    phoneMask: '+7 ••• •••-••-12',
    state: 'ready',
    reason: null,
    signedInAt: 0,
    pauses: [],
    ...part,
  };
}

/** What an answer to a chat asks of core: drafts that stay, an outbox that fills, an account with its state. */
export function createFakeAnswers({
  chat = makeChatRow(),
  account = makeTelegramAccount(),
}: { readonly chat?: ChatRow; readonly account?: TelegramAccount } = {}) {
  const drafts = new Map<number, AnswerDraft>();
  const sent: Sent[] = [];
  const saves: AnswerDraft[] = [];
  const takenBack: number[] = [];
  let rows: OutboxRow[] = [];
  const said = { id: 501, sender: 'Иван Жуков', text: 'Питания нет, фото ниже' };
  const draftOf = (incidentId: number | null) => drafts.get(incidentId ?? 0) ?? null;

  return {
    said,
    sent,
    saves,
    takenBack,
    drafts,
    setRows: (next: OutboxRow[]) => void (rows = next),
    answers: {
      'telegram.overview': () => ({ apiId: 1, accounts: [account], demo: false }),
      'assets.ofIncident': () => ({ assets: [] }),
      'chats.open': () => ({ chat, rules: [], senders: [], draft: draftOf(null) }),
      'chats.forIncident': ({ incidentId }: { incidentId: number }) => ({
        chats: [{ chat, answerTo: said, draft: draftOf(incidentId) }],
      }),
      'chats.history': () => ({
        messages: [{ ...said, chatId: chat.id }],
        older: false,
        newer: false,
        gapBefore: false,
        complete: true,
      }),
      'chats.saveDraft': ({ incidentId, text, replyTo, files }: Place & AnswerDraft) => {
        saves.push({ text, replyTo, files });
        if (text.trim() === '' && files.length === 0) drafts.delete(incidentId ?? 0);
        else drafts.set(incidentId ?? 0, { text, replyTo, files });
      },
      'chats.send': (input: Sent) => {
        sent.push(input);
        drafts.delete(input.incidentId ?? 0);
        return { outboxId: 70 + sent.length, notBefore: Date.now() + 10_000 };
      },
      'outbox.takeBack': ({ id }: { id: number }) => {
        takenBack.push(id);
        return { draftId: 1 };
      },
      'outbox.list': () => ({ rows }),
    },
  };
}

/** A message to a chat in the outbox; only what a test is about is spelled. */
export function makeChatOutboxRow(part: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id: 71,
    messageId: 1,
    incidentId: null,
    code: '',
    channel: 'telegram',
    accountId: 1,
    chat: { id: 31, title: 'Волга АВР' },
    to: [],
    subject: '',
    state: 'queued',
    notBefore: 0,
    createdAt: 0,
    createdBy: null,
    attempts: 0,
    errorCode: null,
    errorDetail: null,
    ...part,
  };
}
