import { cancelledBy, unlessAborted } from './race.ts';

/** A person waits for `user`; `background` is what the desk does by itself. */
export type Priority = 'user' | 'background';

export type Lanes = {
  /** Resolves with what frees the place again. */
  enter(priority: Priority, signal: AbortSignal): Promise<() => void>;
};

type Waiter = { readonly priority: Priority; readonly admit: (leave: () => void) => void };

const inFlight = 8;
/** The rest stays free for what a person asks for. */
const backgroundInFlight = 5;

/** So many calls at a time, people first: a desk that asks for a thousand chats at once is told to wait by Telegram. */
export function createLanes(): Lanes {
  const running = { user: 0, background: 0 };
  const waiting: Waiter[] = [];

  const hasRoom = (priority: Priority) =>
    running.user + running.background < inFlight &&
    (priority === 'user' || running.background < backgroundInFlight);

  /** Counted when it is given, not when it is taken up: two must not be let in for one place. */
  const take = (priority: Priority) => {
    running[priority] += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      running[priority] -= 1;
      admitNext();
    };
  };

  const admitNext = () => {
    for (const priority of ['user', 'background'] as const) {
      const index = waiting.findIndex((waiter) => waiter.priority === priority);
      if (index < 0 || !hasRoom(priority)) continue;
      const [next] = waiting.splice(index, 1);
      next?.admit(take(priority));
    }
  };

  return {
    async enter(priority, signal) {
      if (signal.aborted) throw cancelledBy(signal);
      if (hasRoom(priority)) return take(priority);
      const turn = Promise.withResolvers<() => void>();
      const waiter: Waiter = { priority, admit: turn.resolve };
      waiting.push(waiter);
      try {
        return await unlessAborted(turn.promise, signal);
      } catch (error) {
        const index = waiting.indexOf(waiter);
        if (index >= 0) waiting.splice(index, 1);
        // Let in at the very moment it gave up: the place goes to the next.
        else void turn.promise.then((leave) => leave());
        throw error;
      }
    },
  };
}
