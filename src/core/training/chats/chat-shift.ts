import { toAppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { between } from '../seeded-random.ts';
import { createTimeline } from '../timeline.ts';
import type { ChatKey } from './chat-cast.ts';
import type { ChatStage } from './chat-stage.ts';
import { answersOf, earlierLines, liveStories, type TimedLine } from './chat-stories.ts';

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
  let story = 0;
  let playing: Promise<unknown> | undefined;

  /** A line that cannot be said is worth a word in the log, not the end of the lesson. */
  const attempt = (action: Promise<void>) => {
    action.catch((error: unknown) =>
      log.warn({ code: toAppError(error).code, err: error }, 'training.chat-failed'),
    );
  };
  const planLines = (lines: readonly TimedLine[]) => {
    let afterMs = 0;
    for (const { afterSeconds, ...line } of lines) {
      afterMs += afterSeconds * secondMs;
      timeline.plan(afterMs, () => attempt(stage.say(line)));
    }
  };
  const tellNext = () => {
    const tell = liveStories[story % liveStories.length] ?? liveStories[0];
    story += 1;
    planLines(tell(random));
    timeline.plan(between(random, 45, 90) * secondMs, tellNext);
  };
  const answer = (chat: ChatKey) => {
    const turn = turns.get(chat) ?? 0;
    const [from, ...texts] = answersOf[chat][turn] ?? [];
    timeline.plan(between(random, 2, 4) * secondMs, () => attempt(stage.readByThem(chat)));
    if (from === undefined) return;
    turns.set(chat, turn + 1);
    timeline.plan(4 * secondMs, () => attempt(stage.typing(chat, from)));
    planLines(texts.map((text) => ({ chat, from, text, afterSeconds: between(random, 8, 14) })));
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
      for (const { minutesAgo, ...line } of earlierLines) await stage.say(line, now - minutesAgo * minuteMs);
      timeline.plan(20 * secondMs, tellNext);
      playing = Promise.all([timeline.run(), listen()]);
    },
    setSpeed: timeline.setSpeed,
    setPaused: timeline.setPaused,
    async stop() {
      lifetime.abort();
      timeline.stop();
      await playing;
    },
  };
}
