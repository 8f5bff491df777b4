import { toAppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { mastPhoto } from '../pictures.ts';
import { createSeededRandom, seedFrom } from '../seeded-random.ts';
import type { BotApi } from '../services/bot-api.ts';
import type { BotMessage } from '../services/bot-state.ts';
import { createTimeline } from '../timeline.ts';
import { boundContractor, members, type CrewTemper } from './crew-cast.ts';
import { createCrewTurns, type CrewTurn } from './crew-turns.ts';

export type CrewShift = {
  start(): void;
  setSpeed(speed: number): void;
  setPaused(paused: boolean): void;
  stop(): Promise<void>;
};

type Parts = {
  readonly bot: Pick<BotApi, 'onSent' | 'pressData' | 'say' | 'photo' | 'place'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
};

/** What somebody is at; put off, nothing more of it happens. */
type Errand = { isOn: boolean };

const secondMs = 1000;
/** Of what the desk says when somebody is not to come any more. */
const calledOff = 'ехать не нужно';
const callNumber = /ызов №(\d+)/;

/** The technicians of the lesson before their telephones: each takes what the bot brings in a way of their own. */
export function createCrewShift({ bot, clock, random, log }: Parts): CrewShift {
  const timeline = createTimeline(clock, 1);
  const turns = createCrewTurns(random);
  const photos = createSeededRandom(seedFrom(random));
  const tempers = new Map<number, CrewTemper>([
    ...members.flatMap(({ userId, temper }) => (userId === undefined ? [] : [[userId, temper] as const])),
    [boundContractor.userId, 'diligent'],
  ]);
  const errands = new Map<string, Errand>();
  let playing: Promise<void> | undefined;
  let unsubscribe = () => {};

  const take = (message: BotMessage, turn: CrewTurn): void => {
    const { userId, id } = message;
    if (turn.kind === 'press') bot.pressData(userId, id, turn.button.callback_data);
    else if (turn.kind === 'say') bot.say(userId, turn.text);
    else if (turn.kind === 'place') bot.place(userId, turn.latitude, turn.longitude);
    else bot.photo(userId, mastPhoto(photos), turn.caption);
  };
  const plan = (message: BotMessage, planned: readonly CrewTurn[], errand: Errand): void => {
    let afterMs = 0;
    for (const turn of planned) {
      afterMs += turn.afterSeconds * secondMs;
      timeline.plan(afterMs, () => {
        if (errand.isOn) take(message, turn);
      });
    }
    const isLast = planned.some(({ kind }) => kind === 'press');
    if (isLast) timeline.plan(afterMs, () => (errand.isOn = false));
  };
  const hear = (message: BotMessage): void => {
    const { userId, buttons, text, replyTo } = message;
    const temper = tempers.get(userId);
    if (temper === undefined) return;
    const key = `${userId} ${callNumber.exec(text)?.[1] ?? ''}`;
    const errand = errands.get(key);
    if (buttons.length > 0) {
      const next = { isOn: true };
      errands.set(key, next);
      plan(message, turns.toAsked(temper, message), next);
    } else if (errand?.isOn === true && text.includes(calledOff)) errand.isOn = false;
    // A reply is the bot's own word about what was just said: nobody answers it.
    else if (errand?.isOn === true && temper === 'diligent' && replyTo === null && message.file === null) {
      plan(message, turns.toLine(), errand);
    }
  };

  return {
    start() {
      unsubscribe = bot.onSent(hear);
      playing = timeline.run().catch((error: unknown) => {
        log.error({ code: toAppError(error).code, err: error }, 'training.crew-failed');
      });
    },
    setSpeed: timeline.setSpeed,
    setPaused: timeline.setPaused,
    async stop() {
      unsubscribe();
      timeline.stop();
      await playing;
    },
  };
}
