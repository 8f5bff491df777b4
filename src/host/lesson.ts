import { rmSync } from 'node:fs';
import type { BackendOptions, Logger } from '../core/app-types.ts';
import type { startTraining, TelegramServers, Training } from '../core/training/start-training.ts';
import type { CreateBackend } from './running.ts';

export type LessonParts = {
  readonly startTraining: typeof startTraining;
  readonly createBackend: CreateBackend;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Chats are played in memory without them. */
  readonly telegramServers?: TelegramServers | undefined;
  /** Removed at the end; undefined where the data directory is a person's own. */
  readonly leaves: string | undefined;
};

/** A simulated shift as any shell shows it. */
export type Lesson = Pick<Training, 'control' | 'provision' | 'telegram'> & {
  readonly createBackend: CreateBackend;
  /** Where the shift writes from now on. */
  follow(log: Logger): void;
  /** After the desk has stopped. */
  stop(): Promise<void>;
};

export async function startLesson(parts: LessonParts): Promise<Lesson> {
  const { environment, leaves } = parts;
  const later = createLaterLog();
  const training = await parts.startTraining({
    log: later.log,
    zone: zoneOfLesson(),
    seed: readSeed(environment),
    telegramServers: parts.telegramServers,
  });
  return {
    control: training.control,
    provision: training.provision,
    telegram: training.telegram,
    createBackend: async (options: BackendOptions, capabilities) =>
      training.seat(await parts.createBackend(options, capabilities)),
    follow: later.follow,
    async stop() {
      await training.stop();
      if (leaves !== undefined) rmSync(leaves, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A machine without a zone of its own is likely a container; the letters of the lesson speak Moscow time. */
function zoneOfLesson(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ['UTC', 'Etc/UTC', 'Etc/Unknown', 'GMT'].includes(zone) ? 'Europe/Moscow' : zone;
}

/** For screenshots and tests: the same number makes the same shift. */
function readSeed(environment: LessonParts['environment']): number | undefined {
  const seed = Number(environment['PULT_DEMO_SEED']);
  return Number.isSafeInteger(seed) && seed > 0 ? seed : undefined;
}

/** The mailbox is filled before the desk and its log exist; what is said until then is not kept. */
function createLaterLog(): { readonly log: Logger; follow(log: Logger): void } {
  let target: Logger | undefined;
  const log: Logger = {
    debug: (fields, event) => target?.debug(fields, event),
    info: (fields, event) => target?.info(fields, event),
    warn: (fields, event) => target?.warn(fields, event),
    error: (fields, event) => target?.error(fields, event),
    child: () => log,
  };
  return {
    log,
    follow(next) {
      target = next;
    },
  };
}
