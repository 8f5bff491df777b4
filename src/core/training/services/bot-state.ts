import type { Clock } from '../../platform/clock.ts';

export type BotButton = { readonly text: string; readonly callback_data: string };
export type Keyboard = readonly (readonly BotButton[])[];

/** A message as the person in Telegram sees it now. */
export type BotMessage = {
  readonly id: number;
  readonly userId: number;
  readonly from: 'bot' | 'user';
  readonly text: string;
  readonly buttons: Keyboard;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly replyTo: number | null;
  readonly at: number;
};

export type BotQuery = {
  readonly id: string;
  readonly userId: number;
  /** What the person was shown; undefined while their button spins. */
  readonly answer: { readonly text: string; readonly isAlert: boolean } | undefined;
};

export type BotControl = {
  /** Somebody opens the bot, with the payload of a link or without. */
  start(userId: number, payload?: string, name?: string): void;
  say(userId: number, text: string, replyTo?: number): void;
  photo(userId: number, bytes: Uint8Array, caption?: string): void;
  /** Larger than bots may fetch. */
  hugeFile(userId: number): void;
  place(userId: number, latitude: number, longitude: number): void;
  /** The place they gave last is shared live and has changed. */
  move(userId: number, latitude: number, longitude: number): void;
  /** Presses the button of that caption under the newest message that has it; throws when there is none. Its query id. */
  press(userId: number, caption: string): string;
  /** Presses with data of one's own, as a changed client might. */
  pressData(userId: number, messageId: number, data: string): string;
  block(userId: number): void;
  unblock(userId: number): void;
  /** Any update, such as one of a kind that does not exist yet. */
  push(update: object): void;
  /** Gives the newest updates once more although they were confirmed. */
  repeat(count: number): void;
  /** What the person sees, oldest first. */
  seen(userId: number): readonly BotMessage[];
  query(id: string): BotQuery | undefined;
  /** Tells of each message the bot sends, until the returned function is called. */
  onSent(listener: (message: BotMessage) => void): () => void;
  /** Updates nobody has confirmed yet. */
  pending(): number;
};

type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>;
type User = { readonly id: number; readonly first_name: string; hasStarted: boolean; hasBlocked: boolean };

/** Everything the service knows: who is there, what was said, what has not been fetched. */
export function createBotState(clock: Clock, username: string) {
  const users = new Map<number, User>();
  const messages: BotMessage[] = [];
  const queries = new Map<string, BotQuery>();
  const files = new Map<string, Uint8Array>();
  const listeners = new Set<(message: BotMessage) => void>();
  let updates: Update[] = [];
  let newest: Update[] = [];
  /** Given once more whatever was confirmed. */
  let repeated: Update[] = [];
  let lastUpdate = 100;
  let poll: { readonly end: (isConflict: boolean) => void } | undefined;

  const userOf = (id: number, name = `Участник ${id}`): User => {
    const known = users.get(id) ?? { id, first_name: name, hasStarted: false, hasBlocked: false };
    users.set(id, known);
    return known;
  };
  const chatOf = (id: number) => ({ id, type: 'private', first_name: userOf(id).first_name });
  const fromOf = (id: number) => ({ id, is_bot: false, first_name: userOf(id).first_name });

  function push(update: object): void {
    lastUpdate += 1;
    updates.push({ update_id: lastUpdate, ...update });
    newest = [...newest, { update_id: lastUpdate, ...update }].slice(-50);
    poll?.end(false);
  }

  function add(message: Omit<BotMessage, 'id' | 'at'>): BotMessage {
    const added = { ...message, id: messages.length + 1, at: clock.now() };
    messages.push(added);
    return added;
  }

  function said(
    userId: number,
    fields: object,
    shown: { text?: string; replyTo?: number | undefined },
  ): void {
    const user = userOf(userId);
    if (user.hasBlocked) throw new Error('Whoever has blocked the bot does not write to it');
    const text = shown.text ?? '';
    const replyTo = shown.replyTo ?? null;
    const { id, at } = add({ userId, from: 'user', text, buttons: [], file: null, replyTo });
    const reply = replyTo === null ? {} : { reply_to_message: { message_id: replyTo } };
    push({
      message: {
        message_id: id,
        date: Math.floor(at / 1000),
        chat: chatOf(userId),
        from: fromOf(userId),
        ...fields,
        ...reply,
      },
    });
  }

  function pressData(userId: number, messageId: number, data: string): string {
    const id = `${userId}-${queries.size + 1}`;
    queries.set(id, { id, userId, answer: undefined });
    const under = messages.find((message) => message.id === messageId);
    push({
      callback_query: {
        id,
        from: fromOf(userId),
        chat_instance: '1',
        data,
        message: {
          message_id: messageId,
          date: Math.floor((under?.at ?? 0) / 1000),
          chat: chatOf(under?.userId ?? userId),
          text: under?.text ?? '',
          reply_markup: { inline_keyboard: under?.buttons ?? [] },
        },
      },
    });
    return id;
  }

  function store(bytes: Uint8Array): string {
    const id = `file-${files.size + 1}`;
    files.set(id, bytes);
    return id;
  }

  function setBlocked(userId: number, isBlocked: boolean): void {
    userOf(userId).hasBlocked = isBlocked;
    const status = isBlocked ? 'kicked' : 'member';
    push({ my_chat_member: { chat: chatOf(userId), from: fromOf(userId), new_chat_member: { status } } });
  }

  const control: BotControl = {
    start(userId, payload, name) {
      userOf(userId, name).hasStarted = true;
      const text = payload === undefined ? '/start' : `/start ${payload}`;
      said(userId, { text }, { text });
    },
    say: (userId, text, replyTo) => said(userId, { text }, { text, replyTo }),
    photo(userId, bytes, caption) {
      const small = { file_id: store(bytes.slice(0, 1)), width: 90, height: 60 };
      const large = { file_id: store(bytes), width: 1280, height: 853 };
      const words = caption === undefined ? {} : { caption };
      said(userId, { photo: [small, large], ...words }, { text: caption ?? '' });
    },
    hugeFile: (userId) =>
      said(userId, { document: { file_id: 'huge', file_name: 'обход.mp4', mime_type: 'video/mp4' } }, {}),
    place: (userId, latitude, longitude) => said(userId, { location: { latitude, longitude } }, {}),
    move(userId, latitude, longitude) {
      const id = messages.findLast((message) => message.userId === userId && message.from === 'user')?.id;
      const now = Math.floor(clock.now() / 1000);
      const from = { chat: chatOf(userId), from: fromOf(userId) };
      const location = { latitude, longitude, live_period: 3600 };
      push({ edited_message: { message_id: id, date: now, edit_date: now, ...from, location } });
    },
    press(userId, caption) {
      for (const { id, userId: whose, buttons } of messages.toReversed()) {
        const found = whose === userId ? buttons.flat().find(({ text }) => text === caption) : undefined;
        if (found) return pressData(userId, id, found.callback_data);
      }
      throw new Error(`No button ${caption}`);
    },
    pressData,
    block: (userId) => setBlocked(userId, true),
    unblock: (userId) => setBlocked(userId, false),
    push,
    repeat(count) {
      repeated = newest.slice(-count);
      poll?.end(false);
    },
    seen: (userId) => messages.filter((message) => message.userId === userId),
    query: (id) => queries.get(id),
    onSent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pending: () => updates.length,
  };

  return {
    control,
    username,
    clock,
    user: (id: number) => users.get(id),
    message: (id: number) => messages.find((message) => message.id === id),
    send(message: Omit<BotMessage, 'id' | 'at' | 'from'>): BotMessage {
      const sent = add({ ...message, from: 'bot' });
      for (const listener of listeners) listener(sent);
      return sent;
    },
    setButtons(id: number, buttons: Keyboard): void {
      const at = messages.findIndex((message) => message.id === id);
      const message = messages[at];
      if (message) messages[at] = { ...message, buttons };
    },
    answerQuery(id: string, answer: NonNullable<BotQuery['answer']>): void {
      const query = queries.get(id);
      if (query) queries.set(id, { ...query, answer });
    },
    query: (id: string) => queries.get(id),
    file: (id: string) => files.get(id),
    fileAt: (url: string, token: string) => {
      const prefix = `/file/bot${token}/documents/`;
      return url.startsWith(prefix) ? files.get(url.slice(prefix.length)) : undefined;
    },
    /** Confirms what is below the offset; waits for the first when there is none. A second poll ends the first. */
    async take(offset: number | undefined, limit: number, waitMs: number, gone: AbortSignal) {
      poll?.end(true);
      if (offset !== undefined) updates = updates.filter(({ update_id: id }) => id >= offset);
      if (updates.length + repeated.length === 0 && waitMs > 0) {
        const ended = await new Promise<boolean>((resolve) => {
          const waiting = new AbortController();
          const mine = {
            end: (isConflict: boolean) => {
              waiting.abort();
              if (poll === mine) poll = undefined;
              resolve(isConflict);
            },
          };
          poll = mine;
          gone.addEventListener('abort', () => mine.end(false), { once: true });
          clock.sleep(waitMs, waiting.signal).then(
            () => mine.end(false),
            () => undefined,
          );
        });
        if (ended) return undefined;
      }
      const again = repeated;
      repeated = [];
      return [...again, ...updates].slice(0, limit);
    },
    endPoll: () => poll?.end(true),
  };
}

export type BotState = ReturnType<typeof createBotState>;
