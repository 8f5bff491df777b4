import type { BotApi } from '../../src/core/training/services/bot-api.ts';
import type { SmsAeroCourse, SmsAeroMessage } from '../../src/core/training/services/sms-aero.ts';
import { bounceHead, bounceReport } from '../../src/core/training/bounce.ts';
import type { EmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { composeLetter } from '../../src/core/training/mime.ts';
import { between } from '../../src/core/training/seeded-random.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { verbCaptions } from '../../src/core/notify/answer-words.ts';
import { readButton } from '../../src/core/notify/channels/messenger-words.ts';
import { readNoticeId } from '../../src/core/notify/channels/email/notice-id.ts';
import { makeLetter } from './make-letter.ts';
import { type Book, crashAddress, crashPerson, type Temper } from './reaching-crash-world.ts';
import type { SinkMessage } from './smtp-sink.ts';

type Parts = { readonly bot: BotApi; readonly mail: EmbeddedMail; readonly random: Random };

/** From when to when, in milliseconds, an answer comes after what it is to. */
const pressesAfter: Readonly<Partial<Record<Temper, readonly [number, number]>>> = {
  presses: [100, 4000],
  'presses-twice': [100, 3000],
  'presses-late': [7000, 14_000],
  refuses: [200, 4000],
};

/** Technicians who get messages and do with them what their temper says; they write down what they did. */
export function createCrashPeople({ bot, mail, random }: Parts) {
  const botMessages: Book['botMessages'][number][] = [];
  const presses: Book['presses'][number][] = [];
  const replies: Book['replies'][number][] = [];
  const bounced: string[] = [];
  let automatic = 0;
  let outstanding = 0;

  /** Somebody does something a while later. */
  function later([from, to]: readonly [number, number], act: () => void): void {
    outstanding += 1;
    setTimeout(
      () => {
        act();
        outstanding -= 1;
      },
      between(random, from, to),
    );
  }

  bot.onSent(({ id, userId, buttons }) => {
    const read = buttons.flat().map(({ callback_data: data }) => ({ data, button: readButton(data) }));
    const code = read.at(0)?.button?.code;
    if (code === undefined) return;
    botMessages.push({ code, userId });
    const { temper } = crashPerson(userId - 10_000);
    const wait = pressesAfter[temper];
    if (!wait) return;
    const data = read.find(({ button }) => button?.verb === 'accepted')?.data ?? '';
    const press = () => {
      const eventId = `c${bot.pressData(userId, id, data)}`;
      presses.push({ eventId, code, verb: 'accepted' });
    };
    // For "no" there is no button: they write it below what they were sent.
    const refuse = () => {
      bot.say(userId, verbCaptions.cannot, id);
      const said = bot.seen(userId).at(-1);
      presses.push({ eventId: `m${userId}:${said?.id}`, code, verb: 'cannot' });
    };
    later(wait, temper === 'refuses' ? refuse : press);
    if (temper === 'presses-twice') {
      later([3000, 6000], press);
      // What was told already is told again, older ones after newer ones.
      later([1000, 5000], () => bot.repeat(between(random, 1, 6)));
    }
  });

  function returned(messageId: string, to: string): void {
    const subject = 'Вызов';
    const head = bounceHead(random, { name: '', address: crashAddress }, subject);
    const report = bounceReport({ recipient: to, messageId, subject });
    mail.deliver(composeLetter(head, report, Date.now()), Date.now());
    bounced.push(messageId);
  }

  function written(to: string, messageId: string, code: string): void {
    const text = verbCaptions.accepted;
    const letter = { from: to, to: crashAddress, inReplyTo: messageId, date: Date.now() };
    mail.deliver(
      makeLetter({ ...letter, subject: `Re: [${code}]`, text, messageId: `reply-${messageId}` }),
      Date.now(),
    );
    replies.push({ code, from: to, verb: 'accepted' });
  }

  function vacation(to: string, messageId: string, code: string): void {
    const letter = { from: to, to: crashAddress, inReplyTo: messageId, date: Date.now() };
    const headers = { 'Auto-Submitted': 'auto-replied' };
    const words = { subject: `Автоответ: [${code}]`, text: 'Принято. Я в отпуске до понедельника.' };
    mail.deliver(makeLetter({ ...letter, ...words, headers, messageId: `away-${messageId}` }), Date.now());
    automatic += 1;
  }

  return {
    gotLetter({ to: [to = ''], messageId = '' }: SinkMessage): void {
      const index = Number(/^crew-(\d+)@/.exec(to)?.[1] ?? Number.NaN);
      const code = readNoticeId(messageId)?.code;
      if (Number.isNaN(index) || code === undefined) return;
      const { temper } = crashPerson(index);
      if (temper === 'writes') later([300, 4000], () => written(to, messageId, code));
      if (temper === 'away') later([100, 2000], () => vacation(to, messageId, code));
      if (temper === 'returned') later([300, 6000], () => returned(messageId, to));
    },
    /** Delivered after a while; to some never, and of some the gateway tells an older state after a newer one. */
    courseOf({ id, number }: SmsAeroMessage): SmsAeroCourse {
      const { temper } = crashPerson(Number(number.slice(7)) - 1000);
      if (temper === 'away') return [{ afterMs: 1500, status: id % 2 === 0 ? 2 : 0 }];
      const arrivesMs = 500 + (id % 7) * 900;
      return [
        { afterMs: 300, status: 0 },
        { afterMs: arrivesMs, status: 1 },
        { afterMs: arrivesMs + 7000, status: 3 },
      ];
    },
    book: () => ({ botMessages, presses, replies, bounced, automatic, outstanding }),
  };
}
