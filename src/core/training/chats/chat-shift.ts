import { toAppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { between } from '../seeded-random.ts';
import { createTimeline } from '../timeline.ts';
import type { ChatKey } from './chat-cast.ts';
import type { ChatStage } from './chat-stage.ts';
import { chatPast } from './chat-past.ts';
import { answersOf, liveStories } from './chat-stories.ts';
import { by, type ChatTurn, type TimedTurn } from './chat-turns.ts';

export type ChatShift = {
  /** Fills the chats, then plays until stopped. */
  start(): Promise<void>;
  setSpeed(speed: number): void;
  setPaused(paused: boolean): void;
  stop(): Promise<void>;
};

type Parts = {
  readonly stage: ChatStage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
};

const minuteMs = 60_000;
const secondMs = 1000;
const listenMs = 1000;

/** The people of the lesson's chats: they tell their troubles and answer when they are written to. */
export function createChatShift({ stage, clock, random, log }: Parts): ChatShift {
  const timeline = createTimeline(clock, 1);
  const lifetime = new AbortController();
  const turns = new Map<ChatKey, number>();
  const take = createTurns(stage);
  let story = 0;
  let playing: Promise<unknown> | undefined;

  /** One after another: what answers or changes a message comes after it. */
  let said = Promise.resolve();

  /** A turn that cannot be taken is worth a word in the log, not the end of the lesson. */
  const attempt = (action: () => Promise<unknown>) => {
    said = said
      .then(action)
      .then(() => undefined)
      .catch((error: unknown) =>
        log.warn({ code: toAppError(error).code, err: error }, 'training.chat-failed'),
      );
  };
  const planTurns = (planned: readonly TimedTurn[]) => {
    let afterMs = 0;
    for (const turn of planned) {
      afterMs += turn.afterSeconds * secondMs;
      timeline.plan(afterMs, () => attempt(() => take(turn)));
    }
  };
  const tellNext = () => {
    const tell = liveStories[story % liveStories.length] ?? liveStories[0];
    story += 1;
    planTurns(tell(random));
    timeline.plan(between(random, 45, 90) * secondMs, tellNext);
  };
  const answer = (chat: ChatKey) => {
    const turn = turns.get(chat) ?? 0;
    const [from, ...texts] = answersOf[chat][turn] ?? [];
    timeline.plan(between(random, 2, 4) * secondMs, () => attempt(() => stage.readByThem(chat)));
    if (from === undefined) return;
    turns.set(chat, turn + 1);
    timeline.plan(4 * secondMs, () => attempt(() => stage.typing(chat, from)));
    const say = by({ chat, from });
    planTurns(texts.map((text) => say(between(random, 8, 14), text)));
  };
  const listen = async () => {
    while (!lifetime.signal.aborted) {
      await clock.sleep(listenMs, lifetime.signal).catch(() => undefined);
      if (lifetime.signal.aborted) return;
      try {
        for (const chat of await stage.heard()) answer(chat);
      } catch (error) {
        log.warn({ code: toAppError(error).code, err: error }, 'training.chat-failed');
      }
    }
  };

  return {
    async start() {
      const now = clock.now();
      for (const { minutesAgo, ...turn } of chatPast(random)) await take(turn, now - minutesAgo * minuteMs);
      // What the shift before has written is read, and waits for no answer.
      for (const chat of await stage.heard()) await stage.readByThem(chat);
      timeline.plan(20 * secondMs, tellNext);
      playing = Promise.all([timeline.run(), listen()]);
    },
    setSpeed: timeline.setSpeed,
    setPaused: timeline.setPaused,
    async stop() {
      lifetime.abort();
      timeline.stop();
      await playing;
      await said;
    },
  };
}

/** Takes turns on the stage and remembers under which number each named message stands. */
function createTurns(stage: ChatStage): (turn: ChatTurn, at?: number) => Promise<void> {
  const named = new Map<string, number>();
  const numberOf = (chat: ChatKey, name: string | undefined) => named.get(`${chat} ${name}`);
  return async (turn, at) => {
    const { chat } = turn;
    if (turn.kind === 'say') {
      const { name, answers, ...line } = turn;
      const replyTo = numberOf(chat, answers);
      const id = await stage.say({ ...line, ...(replyTo === undefined ? {} : { replyTo }) }, at);
      if (name !== undefined) named.set(`${chat} ${name}`, id);
      return;
    }
    const id = numberOf(chat, turn.of);
    if (id === undefined) return;
    if (turn.kind === 'edit') await stage.edit({ chat, id }, turn.text);
    else if (turn.kind === 'remove') await stage.remove({ chat, id });
    else await stage.react({ chat, id }, turn.from, turn.emoji);
  };
}
