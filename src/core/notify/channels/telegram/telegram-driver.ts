import { AppError, toAppError } from '../../../../shared/errors.ts';
import { chatOfAddress, type ChatNoticeState, type ChatReach } from '../../../platform/chat-reach.ts';
import type { Clock } from '../../../platform/clock.ts';
import { verbCaptions } from '../../answer-words.ts';
import type { CreateDriver, Dispatch, Sent } from '../../route-driver.ts';
import { readable, routeError } from '../../route-errors.ts';
import { fitWords, wordsOf } from '../messenger-words.ts';
import { createChatListener } from './chat-listener.ts';

/** Telegram's own limits for a message and for the words under a file. */
const longestText = 4096;
const longestCaption = 1024;

/** Telegram named a time; to wait for it in the outbox would only keep the next step from being taken. */
const throttling: ReadonlySet<string | null> = new Set(['flood-wait', 'slow-mode']);
const ofAddress: ReadonlySet<string> = new Set(['write-forbidden', 'chat-gone', 'peer-unknown', 'privacy']);

/**
 * The chat of somebody with the desk's own account: the message waits in the chat's outbox like any other, and is taken
 * back from there when it has not left in time. What they write back there is an answer.
 */
export function createTelegramDriver(chats: ChatReach): CreateDriver {
  return ({ clock, log }, config) => {
    const listener = createChatListener({ chats, clock, log });
    return {
      receipts: ['accepted', 'read', 'acknowledged'],
      isIdempotent: true,
      async send(dispatch, hooks, signal) {
        if (signal.aborted) throw cancelled('not-sent', signal);
        const { uuid: key, files } = dispatch;
        const chatId = requireChat(chats, dispatch.address);
        const text = withHint(dispatch, files.length > 0 ? longestCaption : longestText);
        hooks.wrote();
        try {
          chats.write({ key, chatId, text, files });
        } catch (thrown) {
          const error = toAppError(thrown);
          throw refusedBy(error.reason ?? error.code, error.message);
        }
        return await settled(chats, key, { clock, timeoutMs: config.timeoutMs, signal });
      },
      async find({ uuid }) {
        const state = chats.stateOf(uuid);
        switch (state?.state) {
          case undefined:
          case 'taken-back':
          case 'failed':
            return 'absent';
          case 'left':
          case 'read':
            return sentAs(uuid, state.state);
          case 'unknown':
            return 'in-doubt';
          case 'waiting':
            return !state.mayHaveLeft && chats.takeBack(uuid) ? 'absent' : 'in-doubt';
        }
      },
      listen: listener.listen,
      async test() {
        const accounts = chats.connected();
        if (accounts === 0) throw routeError('route-unavailable', { certainty: 'not-sent' });
        return { facts: { accounts } };
      },
    };
  };
}

function requireChat(chats: ChatReach, address: string): number {
  const id = chatOfAddress(address) ?? 0;
  const chat = chats.chat(id);
  if (!chat) throw routeError('address-refused', { certainty: 'refused' });
  if (!chat.canWrite) throw routeError('address-blocked', { certainty: 'refused' });
  // Offline it would only wait: another way may be quicker.
  if (!chat.isConnected) throw routeError('route-unavailable', { certainty: 'not-sent' });
  return id;
}

/** An account has no buttons to give: it is said in words what may be said back, however long the rest is. */
function withHint(dispatch: Dispatch, most: number): string {
  const { verbs, code } = dispatch;
  const said = verbs.map((verb) => `«${verbCaptions[verb]}»`).join(', ');
  const hint = said === '' ? '' : `\n\nОтветьте на это сообщение: ${said}. Код ${code}.`;
  return `${fitWords(wordsOf(dispatch), most - hint.length)}${hint}`;
}

type Waiting = { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal };

/** Waits until it is known what became of it; what has not left when time is over is taken back. */
function settled(chats: ChatReach, key: string, { clock, timeoutMs, signal }: Waiting): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const timer = new AbortController();
    const off = chats.onChange(look);
    const end = (run: () => void) => {
      off();
      timer.abort();
      signal.removeEventListener('abort', onAbort);
      run();
    };
    const giveUp = (why: (certainty: 'not-sent' | 'unknown') => AppError) => {
      // What follows from taking it back is this very end.
      off();
      const certainty = chats.takeBack(key) ? 'not-sent' : 'unknown';
      end(() => reject(why(certainty)));
    };
    function onAbort(): void {
      giveUp((certainty) => cancelled(certainty, signal));
    }
    function look(): void {
      const state = chats.stateOf(key);
      if (state?.state === 'waiting') return lookAtWaiting(state);
      end(() => {
        if (state?.state === 'left' || state?.state === 'read') resolve(sentAs(key, state.state));
        else reject(failureOf(state));
      });
    }
    function lookAtWaiting({
      trouble,
      mayHaveLeft,
      retryAt,
    }: Extract<ChatNoticeState, { state: 'waiting' }>) {
      if (trouble === null) return;
      if (throttling.has(trouble)) {
        const retryAfterMs = Math.max(0, retryAt - clock.now());
        giveUp((certainty) => routeError('route-throttled', { certainty, retryAfterMs, raw: trouble }));
      } else if (mayHaveLeft) {
        end(() => reject(routeError('route-unavailable', { certainty: 'unknown', raw: trouble })));
      }
    }
    signal.addEventListener('abort', onAbort, { once: true });
    clock.sleep(timeoutMs, timer.signal).then(
      () => giveUp((certainty) => routeError('route-timeout', { certainty })),
      () => undefined,
    );
    look();
  });
}

function sentAs(key: string, state: 'left' | 'read'): Sent {
  return { status: state === 'read' ? 'read' : 'accepted', raw: state, providerId: key };
}

function failureOf(state: Exclude<ChatNoticeState, { state: 'waiting' }> | undefined): AppError {
  if (state?.state === 'failed') return refusedBy(state.code, state.detail);
  if (state?.state === 'unknown') return routeError('route-answer-unreadable', { certainty: 'unknown' });
  // A dispatcher took it back from the outbox.
  return routeError('message-refused', { certainty: 'refused', raw: 'taken back' });
}

function refusedBy(code: string, detail: string): AppError {
  const trouble = ofAddress.has(code) ? 'address-blocked' : 'message-refused';
  return routeError(trouble, { certainty: 'refused', raw: readable(`${code} ${detail}`) });
}

function cancelled(certainty: 'not-sent' | 'unknown', signal: AbortSignal): AppError {
  return new AppError('cancelled', { details: { certainty }, cause: signal.reason });
}
