import { between, pick } from '../../src/core/training/seeded-random.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { makeBytes, makeLetter } from './make-letter.ts';
import { startSmtpSink, type SmtpSink } from './smtp-sink.ts';

/**
 * The provider of `copies` puts what goes out by SMTP into Sent; the one of `bare` says so and does not, which leaves no
 * trace of a letter; for `own` the desk makes the copy itself.
 */
export const crashAccounts = {
  copies: 'noc@towers.example',
  bare: 'desk@towers.example',
  own: 'archive@towers.example',
} as const;

export type Delivered = { readonly address: string; readonly messageId: string };

export type CrashMail = {
  readonly dovecot: Dovecot;
  readonly sink: SmtpSink;
  /** Everything that was put into an Inbox. */
  readonly delivered: readonly Delivered[];
  /** A heap of letters that came while nobody listened. */
  heap(count: number): void;
  /** One letter as a mail server brings it. */
  drip(): Promise<void>;
  /** Letters may name this incident from now on. */
  learnCode(code: string): void;
  stop(): Promise<void>;
};

const password = 'secret';

export async function startCrashMail(random: Random): Promise<CrashMail> {
  const addresses = Object.values(crashAccounts);
  const users = Object.fromEntries(addresses.map((address) => [address, password]));
  const dovecot = await startDovecot({ users });
  const sink = await startUnreliableSink(random, dovecot, users);
  const delivered: Delivered[] = [];
  const codes: string[] = [];
  let count = 0;

  const next = () => {
    count += 1;
    const letter = {
      address: pick(random, [crashAccounts.copies, crashAccounts.bare, crashAccounts.own]),
      messageId: `crash-${count}@operator.example`,
    };
    return { ...letter, raw: writeLetter(random, letter, count, codes) };
  };

  return {
    dovecot,
    sink,
    delivered,
    heap(size) {
      const letters = Array.from({ length: size }, next);
      for (const address of addresses) {
        const own = letters.filter((letter) => letter.address === address);
        dovecot.fill(
          address,
          own.map(({ raw }) => ({ raw, receivedAt: Date.now() })),
        );
      }
      delivered.push(...letters);
    },
    async drip() {
      const letter = next();
      await dovecot.deliver(letter.address, letter.raw);
      delivered.push(letter);
    },
    learnCode: (code) => void codes.push(code),
    async stop() {
      await sink.stop();
      await dovecot.stop();
    },
  };
}

/** Answers late, refuses for now, or goes silent before or after it took the letter. */
async function startUnreliableSink(
  random: Random,
  dovecot: Dovecot,
  users: Readonly<Record<string, string>>,
) {
  const silentAfter = new Set<string>();
  const sink = await startSmtpSink({
    users,
    onAccepted({ messageId = '', user, raw }) {
      if (user === crashAccounts.copies) dovecot.fill(user, [{ raw, seen: true }], dovecot.sentFolder);
      if (silentAfter.has(messageId)) sink.cutConnections();
    },
  });
  sink.play({
    async letter({ messageId = '' }) {
      const dice = random.number();
      await new Promise((resolve) => setTimeout(resolve, between(random, 5, 120)));
      if (dice < 0.04) return 'drop';
      if (dice < 0.1) return { code: 451, text: '4.3.2 try again in a while' };
      if (dice < 0.18) silentAfter.add(messageId);
      return undefined;
    },
  });
  return sink;
}

function writeLetter(
  random: Random,
  { address, messageId }: Delivered,
  count: number,
  codes: readonly string[],
): Buffer {
  const code = codes.at(-between(random, 1, 30));
  const isReply = code !== undefined && random.number() < 0.15;
  const subject = isReply ? `Re: ${code}: вопрос ${count}` : `Авария на станции KR${count}`;
  const text = `Станция KR${count}: нет питания.\n${'Просим принять меры. '.repeat(between(random, 1, 400))}`;
  const extras = [
    {},
    { html: `<p>Станция <b>KR${count}</b>: нет питания</p>` },
    { charset: 'koi8-r' },
    {
      attachments: [
        {
          fileName: `фото-${count}.jpg`,
          mimeType: 'image/jpeg',
          content: makeBytes(between(random, 1, 60_000), count),
        },
      ],
    },
  ] as const;
  const extra = extras[random.number() < 0.7 ? 0 : between(random, 1, 3)];
  const from = `engineer-${count % 40}@operator.example`;
  return makeLetter({ from, to: address, subject, text, date: Date.now(), messageId, ...extra });
}
