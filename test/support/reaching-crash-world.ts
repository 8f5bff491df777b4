import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AnswerVerb } from '../../src/shared/domain/reaching.ts';

/**
 * How somebody takes what they get: presses the button soon, twice, or when nobody waits any more; refuses; answers the
 * letter only; never answers; has shut the bot out and whose letters come back; has no Telegram and a program that answers
 * letters; can be reached by SMS alone.
 */
export const tempers = [
  'presses',
  'presses-twice',
  'presses-late',
  'refuses',
  'writes',
  'silent',
  'returned',
  'away',
  'sms-only',
  'presses',
] as const;
export type Temper = (typeof tempers)[number];

type CrashPerson = {
  readonly temper: Temper;
  /** Of Telegram. */
  readonly userId: number;
  readonly email: string;
  /** Digits, as the gateway names them. */
  readonly phone: string;
};

export function crashPerson(index: number): CrashPerson {
  const temper = tempers[index % tempers.length] ?? 'silent';
  return {
    temper,
    userId: 10_000 + index,
    email: `crew-${index}@crew.example`,
    phone: `7900555${String(1000 + index)}`,
  };
}

/** What the services and the people know, whatever the desk thinks. */
export type Book = {
  readonly botMessages: readonly { readonly code: string; readonly userId: number }[];
  readonly letters: readonly { readonly messageId: string; readonly to: string }[];
  readonly sms: readonly {
    readonly number: string;
    readonly text: string;
    readonly at: number;
    /** Hundredths. */
    readonly cost: number;
  }[];
  /** What people answered, as the desk should know it; the key is that of the answer's row. */
  readonly presses: readonly {
    readonly eventId: string;
    readonly code: string;
    readonly verb: AnswerVerb;
  }[];
  readonly replies: readonly { readonly code: string; readonly from: string; readonly verb: AnswerVerb }[];
  /** Message-IDs of letters that came back. */
  readonly bounced: readonly string[];
  readonly automatic: number;
  /** Updates of the bot that nobody has confirmed. */
  readonly unheard: number;
  /** Answers that are still to come. */
  readonly outstanding: number;
  /** Requests that were played a failure, by service and what it was. */
  readonly failures: Readonly<Record<string, number>>;
};

export type CrashServices = {
  readonly bot: { readonly url: string; readonly token: string };
  readonly gateway: {
    readonly url: string;
    readonly login: string;
    readonly apiKey: string;
  };
  readonly mail: { readonly host: string; readonly imap: number; readonly smtp: number };
};

export type CrashWorld = CrashServices & {
  /** Somebody comes to the bot by their link. */
  start(userId: number, payload: string): Promise<void>;
  /** Whoever shuts the bot out does so now. */
  shutOut(userIds: readonly number[]): Promise<void>;
  /** From now on services fail as they like; or all is well. */
  fail(isOn: boolean): Promise<void>;
  book(): Promise<Book>;
  stop(): Promise<void>;
};

export const crashAddress = 'desk@towers.example';

/** The bot API, the mail server and the SMS gateway in a process of their own, which ends with this one. */
export async function startCrashWorld(seed: number): Promise<CrashWorld> {
  const file = fileURLToPath(new URL('./reaching-crash-services.ts', import.meta.url));
  const child = spawn(process.execPath, [file, String(seed)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the services ended with ${code}`)));
  });
  const { control, ...services } = JSON.parse(line) as CrashServices & { readonly control: string };
  const ask = async (name: string, given: unknown = {}): Promise<unknown> => {
    const response = await fetch(`${control}/${name}`, { method: 'POST', body: JSON.stringify(given) });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    return response.json();
  };
  return {
    ...services,
    start: async (userId, payload) => void (await ask('start', { userId, payload })),
    shutOut: async (userIds) => void (await ask('shut-out', { userIds })),
    fail: async (isOn) => void (await ask('fail', { isOn })),
    book: async () => (await ask('book')) as Book,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
