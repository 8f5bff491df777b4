import { AppError, toAppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import type { Health, Service } from '../platform/service.ts';
import { codeIn, createAnswers } from './answers.ts';
import type { EmbeddedMail, Submission } from './embedded-mail.ts';
import { composeLetter } from './mime.ts';
import { createProgramme, type PlannedStory } from './programme.ts';
import { readLetter } from './read-letter.ts';
import { between, createSeededRandom, seedFrom } from './seeded-random.ts';
import type { Handling, IncidentTypeKey, Letter, Shape } from './story.ts';
import { createTimeline } from './timeline.ts';

export type ShiftState = {
  readonly speed: number;
  readonly paused: boolean;
  /** Letters delivered so far, answers to the desk included. */
  readonly sent: number;
  /** Letters of the programme that are still to come; answers cannot be foreseen. */
  readonly planned: number;
};

export type DeliveredLetter = {
  readonly messageId: string;
  readonly shape: Shape;
  readonly opens: boolean;
  /** The type an experienced dispatcher would set, by its key in the lists a desk starts with. */
  readonly type: IncidentTypeKey | undefined;
  /** What the letter's own header says: sender's name and the second it was written, epoch milliseconds. */
  readonly sender: string;
  readonly writtenAt: number;
  /** How far the colleague has brought it when the lesson begins. */
  readonly handling: Handling | undefined;
};

export type Shift = Service & {
  state(): ShiftState;
  /** 1 is a letter every 10–40 seconds; from 0.1 to 200. */
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /** The next stories begin at once, even while paused: a flood. */
  burst(count: number): void;
  /** The programme's letters that are in the mailbox, oldest first. */
  delivered(): readonly DeliveredLetter[];
};

export type ShiftParts = {
  readonly mail: EmbeddedMail;
  readonly clock: Clock;
  /** A seeded one makes the same shift each time. */
  readonly random: Random;
  readonly speed?: number;
  readonly log: Logger;
};

const deskName = 'Диспетчерская';
const minuteMs = 60_000;
/** A sequel told in hours must come within the lesson: a minute of the story is a second and a half of the shift. */
const liveMinuteMs = 1_500;

/** A mailbox that looks lived-in from the first moment, and then letters, one after another, from people who answer. */
export function createShift({ mail, clock, random, speed = 1, log }: ShiftParts): Shift {
  const desk = { name: deskName, address: mail.account.address };
  const pace = createSeededRandom(seedFrom(random));
  const answers = createAnswers(createSeededRandom(seedFrom(random)), desk);
  const programme = createProgramme(random, desk);
  const timeline = createTimeline(clock, speed);
  const office = createPostOffice(mail, log);
  const waiting: PlannedStory[] = [...programme.live];
  const total = [...programme.earlier, ...programme.live].reduce((sum, { letters }) => sum + letters, 0);
  let health: Health = { state: 'off' };
  let playing: Promise<void> | undefined;
  let unsubscribe = () => {};

  const tellNext = () => {
    for (const letter of waiting.shift()?.tell(clock.now()) ?? []) {
      const deliver = () => office.deliver(letter, clock.now(), undefined);
      if (letter.delayMinutes === 0) deliver();
      else timeline.plan(letter.delayMinutes * liveMinuteMs, deliver);
    }
  };
  const planNext = () => {
    timeline.plan(between(pace, 10, 40) * 1000, () => {
      tellNext();
      if (waiting.length > 0) planNext();
    });
  };
  const fillMailbox = () => {
    const now = clock.now();
    const letters = programme.earlier.flatMap(({ minutesAgo, handling, tell }) => {
      const beganAt = now - minutesAgo * minuteMs;
      return tell(beganAt).map((letter) => ({
        letter,
        handling: letter.opens ? handling : undefined,
        at: beganAt + letter.delayMinutes * minuteMs,
      }));
    });
    for (const { letter, at, handling } of letters.toSorted((one, other) => one.at - other.at)) {
      if (at <= now) office.deliver(letter, at, handling);
      else {
        const later = () => office.deliver(letter, clock.now(), handling);
        timeline.plan(((at - now) / minuteMs) * liveMinuteMs, later);
      }
    }
  };
  const answer = ({ recipients, raw }: Submission) => {
    office.noteCode(readLetter(raw).subject);
    for (const recipient of recipients) {
      for (const { afterMs, compose } of answers.to(raw, recipient)) {
        timeline.plan(afterMs, () => office.deliverAnswer(compose(clock.now()), clock.now()));
      }
    }
  };
  const stop = async () => {
    unsubscribe();
    timeline.stop();
    await playing;
    health = { state: 'off' };
  };

  return {
    name: 'training-shift',
    async start(signal) {
      signal.throwIfAborted();
      fillMailbox();
      unsubscribe = mail.onSubmitted(answer);
      planNext();
      health = { state: 'ok' };
      playing = timeline.run().catch((error: unknown) => {
        log.error({ code: toAppError(error).code, err: error }, 'training.failed');
        health = { state: 'needs-attention', reason: 'shift-failed' };
      });
      log.info({ letters: office.delivered().length, total }, 'training.started');
    },
    stop,
    health: () => health,
    state: () => ({
      speed: timeline.speed,
      paused: timeline.paused,
      sent: office.sent(),
      planned: total - office.delivered().length,
    }),
    setSpeed(next) {
      if (!(next >= 0.1 && next <= 200))
        throw new AppError('invalid-input', { details: { reason: 'speed' } });
      timeline.setSpeed(next);
    },
    pause: () => timeline.setPaused(true),
    resume: () => timeline.setPaused(false),
    burst(count) {
      for (let told = 0; told < count && waiting.length > 0; told += 1) tellNext();
    },
    delivered: office.delivered,
  };
}

/** Puts letters into the mailbox and remembers what it put there. */
function createPostOffice(mail: EmbeddedMail, log: Logger) {
  const delivered: DeliveredLetter[] = [];
  let answered = 0;
  let knownCode = 'PLT-1001';
  return {
    deliver(letter: Letter, at: number, handling: Handling | undefined) {
      const { shape, opens, type } = letter;
      const head = { ...letter.head, subject: letter.head.subject.replace('{code}', knownCode) };
      const raw = composeLetter(head, letter.part, at);
      mail.deliver(raw, at);
      if (letter.alsoInSent === true) mail.deliver(raw, at, 'Sent');
      const { messageId, from } = head;
      const writtenAt = Math.floor(at / 1000) * 1000;
      delivered.push({ messageId, shape, opens, type, sender: from.name, writtenAt, handling });
      log.debug({ shape }, 'training.delivered');
    },
    deliverAnswer(raw: Buffer, at: number) {
      mail.deliver(raw, at);
      answered += 1;
    },
    /** The people quote the code they saw last. */
    noteCode(subject: string) {
      knownCode = codeIn(subject) ?? knownCode;
    },
    sent: () => delivered.length + answered,
    delivered: (): readonly DeliveredLetter[] => [...delivered],
  };
}
