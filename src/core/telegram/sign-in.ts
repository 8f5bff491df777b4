import type { SignInState } from '../../shared/contract/telegram.ts';
import { createSignInRun, type SignInRun } from './sign-in-run.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { createStateBoard } from './state-board.ts';
import type { TelegramSignIn } from './telegram-desk.ts';
import { telegramError } from './telegram-error.ts';

/** How long pages are told that it has worked. */
const joyMs = 60_000;

/** The one sign-in of this desk: begun from any page, seen and ended from all. */
export function createTelegramSignIn(
  parts: SignInParts,
): TelegramSignIn & { stop(): Promise<void>; isPending(file: string): boolean } {
  const { clock, random, api, attempts } = parts;
  const idle: SignInState = { step: 'idle', waitUntil: null };
  const board = createStateBoard<SignInState>(idle);
  const prefix = `pending-${Buffer.from(random.bytes(6)).toString('hex')}`;
  const stopping = new AbortController();
  let run: SignInRun | undefined;
  let begun = 0;
  let floodUntil = 0;

  function waitUntil(): number | null {
    const until = Math.max(attempts.beginFrom(), floodUntil);
    return until > clock.now() ? until : null;
  }

  function show(state: SignInState): void {
    if (state.step === 'failed' && state.retryAt !== null) floodUntil = state.retryAt;
    board.set(state);
    if (state.step !== 'signed-in') return;
    const rest = () => {
      if (board.get() === state) board.set(idle);
    };
    clock.sleep(joyMs, stopping.signal).then(rest, () => undefined);
  }

  async function begin(actor: number, phone: string | undefined): Promise<void> {
    while (run) {
      if (!run.isOver()) throw telegramError('sign-in-busy');
      const ending = run;
      await ending.done;
      if (run === ending) run = undefined;
    }
    if (stopping.signal.aborted) throw telegramError('no-sign-in');
    const key = api.get();
    if (key === undefined) throw telegramError('api-missing');
    const until = waitUntil();
    if (until !== null) {
      const reason = until === floodUntil ? 'flood-wait' : 'sign-in-limit';
      throw telegramError(reason, { retryAfterMs: until - clock.now() });
    }
    begun += 1;
    run = createSignInRun(parts, {
      api: key,
      actor,
      phone,
      attempt: attempts.begin(phone === undefined ? 'qr' : 'phone', actor),
      pending: `${prefix}-${begun}`,
      show,
      shown: board.get,
    });
  }

  function running(): SignInRun {
    if (!run || run.isOver()) throw telegramError('no-sign-in');
    return run;
  }

  async function cancel(): Promise<void> {
    const ending = run;
    ending?.end('asked');
    board.set(idle);
    await ending?.done;
  }

  return {
    async *states(signal) {
      for await (const state of board.follow(signal)) {
        yield state.step === 'idle' ? { ...state, waitUntil: waitUntil() } : state;
      }
    },
    beginQr: (actor) => begin(actor, undefined),
    beginPhone: (phone, actor) => begin(actor, phone),
    resendCode: async (actor) => running().resendCode(actor),
    submitCode: async (code, actor) => running().submitCode(code, actor),
    submitPassword: async (password, actor) => running().submitPassword(password, actor),
    cancel,
    async stop() {
      stopping.abort();
      await cancel();
    },
    isPending: (file) => file.startsWith(prefix),
  };
}
