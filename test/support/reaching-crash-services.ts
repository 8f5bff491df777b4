import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type BotScene, startBotApi } from '../../src/core/training/services/bot-api.ts';
import { startHttpService } from '../../src/core/training/services/http-service.ts';
import { type SmsAeroScene, startSmsAero } from '../../src/core/training/services/sms-aero.ts';
import { startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { between, createSeededRandom, seedFrom } from '../../src/core/training/seeded-random.ts';
import { createCrashPeople } from './reaching-crash-people.ts';
import { type Book, crashAddress } from './reaching-crash-world.ts';
import { startSmtpSink } from './smtp-sink.ts';

// Bot API, mail server and SMS gateway as a process: one line on stdout says where they are, the end of stdin ends them.
const random = createSeededRandom(Number(process.argv[2]));
const account = { address: crashAddress, password: 'secret' };
const failures: Record<string, number> = {};
let isFailing = false;

/** What a service does in most of the time, and now and then for a moment. */
function dealer<Scene extends string>(name: string, bad: Readonly<Partial<Record<Scene, number>>>) {
  const own = createSeededRandom(seedFrom(random));
  return (): Scene | 'well' => {
    let dice = own.number() * 100;
    for (const [scene, share] of Object.entries(bad) as [Scene, number][]) {
      dice -= share;
      if (dice >= 0) continue;
      failures[`${name} ${scene}`] = (failures[`${name} ${scene}`] ?? 0) + 1;
      return scene;
    }
    return 'well';
  };
}
const botScene = dealer<BotScene>('bot', {
  throttled: 1,
  silent: 4,
  'hangs-up': 5,
  garbage: 5,
  broken: 5,
  'bad-request': 4,
});
const smsScene = dealer<SmsAeroScene>('sms', {
  throttles: 2,
  silent: 5,
  'hangs-up': 5,
  garbage: 5,
  broken: 5,
  reject: 4,
});
const mailScene = dealer<'drop' | 'later' | 'drop-after' | 'garbage'>('mail', {
  drop: 4,
  later: 6,
  'drop-after': 6,
  garbage: 3,
});

const mail = await startEmbeddedMail({ account, clock: systemClock });
const bot = await startBotApi({ clock: systemClock });
const people = createCrashPeople({ bot, mail, random: createSeededRandom(seedFrom(random)) });
const sink = await startSmtpSink({
  users: { [account.address]: account.password },
  async onAccepted(letter) {
    people.gotLetter(letter);
    if (isFailing && dropAfter.delete(letter.messageId ?? '')) sink.cutConnections();
  },
});
const dropAfter = new Set<string>();
sink.play({
  async letter({ messageId = '' }) {
    await sleep(between(random, 0, 40));
    const scene = isFailing ? mailScene() : 'well';
    if (scene === 'drop' || scene === 'garbage') return scene;
    if (scene === 'later') return { code: 451, text: '4.3.2 try again in a while' };
    if (scene === 'drop-after') dropAfter.add(messageId);
    return undefined;
  },
});
const gateway = await startSmsAero({ clock: systemClock, courseOf: people.courseOf });

/** The services change their mind many times a second, so that each request meets another one. */
async function change(): Promise<void> {
  for (;;) {
    bot.play(isFailing ? botScene() : 'well');
    gateway.play(isFailing ? smsScene() : 'well');
    await sleep(between(random, 20, 120));
  }
}

function book(): Book {
  return {
    ...people.book(),
    letters: sink.accepted.map(({ messageId = '', to }) => ({ messageId, to: to[0] ?? '' })),
    sms: gateway.messages.map(({ number, text, at }) => ({ number, text, at, cost: costOf(text) })),
    unheard: bot.pending(),
    failures,
  };
}

/** As the gateway charges. */
function costOf(text: string): number {
  return 350 * Math.max(1, Math.ceil(text.length / 67));
}

type Order = { userId?: number; payload?: string; userIds?: readonly number[]; isOn?: boolean };

const control = await startHttpService(({ path, body }) => {
  const { userId = 0, payload, userIds = [], isOn = false } = JSON.parse(body) as Order;
  if (path === '/start') bot.start(userId, payload);
  else if (path === '/shut-out') for (const id of userIds) bot.block(id);
  else if (path === '/fail') isFailing = isOn;
  else if (path === '/book') return { body: book() };
  else return { status: 404, body: {} };
  return { body: {} };
});

process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
const { url: gatewayUrl, login, apiKey } = gateway;
console.log(
  JSON.stringify({
    bot: { url: bot.url, token: bot.token },
    gateway: { url: gatewayUrl, login, apiKey },
    mail: { host: sink.host, imap: mail.ports.imap, smtp: sink.port },
    control: control.url,
  }),
);
await change();
