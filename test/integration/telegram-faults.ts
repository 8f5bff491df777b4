import type { Random } from '../../src/core/platform/random.ts';
import { between } from '../../src/core/training/seeded-random.ts';
import { newsChannel, regionGroup } from '../support/telegram-dc/sample-world.ts';
import { at, until, type WholeDesk } from './telegram-whole-desk.ts';

export type FaultParts = {
  readonly random: Random;
  /** The longest a fault lasts. */
  readonly mostMs: number;
};

/** Breaks something and mends it again; resolves when it is mended. */
export type Fault = (whole: WholeDesk, parts: FaultParts) => Promise<void>;

const wait = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
const aWhile = ({ random, mostMs }: FaultParts) => wait(between(random, 50, mostMs));

const anHour = 3600;

export const faults = {
  async 'sockets cut'({ dc }, parts) {
    dc.drop();
    await aWhile(parts);
  },
  async 'servers down'({ dc }, parts) {
    await dc.down();
    await aWhile(parts);
    await dc.up();
  },
  async 'connections refused'({ dc }, parts) {
    dc.refuse({ on: true });
    dc.drop();
    await aWhile(parts);
    dc.refuse({ on: false });
  },
  async 'an hour ahead'({ dc }, parts) {
    dc.skew({ seconds: anHour });
    await aWhile(parts);
    dc.skew({ seconds: 0 });
  },
  async 'an hour behind'({ dc }, parts) {
    dc.skew({ seconds: -anHour });
    await aWhile(parts);
    dc.skew({ seconds: 0 });
  },
  async 'other salts'({ dc }) {
    dc.rotateSalts();
  },
  async 'everything at once, late'({ dc }, parts) {
    dc.hold({ on: true });
    await aWhile(parts);
    dc.hold({ on: false });
  },
  async 'late answers'({ dc }) {
    dc.fault({ method: '*', delayMs: 400, times: 5 });
  },
  async 'answers lost'({ dc }) {
    dc.fault({ method: '*', after: true, times: 2 });
  },
  async 'requests lost'({ dc }) {
    dc.fault({ method: '*', drop: true, times: 2 });
  },
  /** Given up after half a minute. */
  async 'never answered'({ dc }) {
    dc.fault({ method: 'updates.GetDifference', ignore: true });
    dc.fault({ method: 'updates.GetChannelDifference', ignore: true });
    dc.pushTooLong(at);
    dc.pushTooLong({ ...at, channel: newsChannel });
  },
  async 'servers in trouble'({ dc }) {
    const error = { code: 500, message: 'INTERNAL' };
    dc.fault({ method: 'updates.GetDifference', error, times: 2 });
    dc.fault({ method: 'updates.GetChannelDifference', error, times: 2 });
    dc.pushTooLong(at);
  },
  async 'told to wait'({ dc }) {
    dc.fault({ method: 'updates.GetDifference', floodSeconds: 1 });
    dc.fault({ method: 'updates.GetChannelDifference', floodSeconds: 2 });
    dc.fault({ method: 'messages.SendMessage', floodSeconds: 1 });
    dc.pushTooLong(at);
    dc.pushTooLong({ ...at, channel: newsChannel });
  },
  async 'too much to tell'({ dc }, parts) {
    dc.refuse({ on: true });
    dc.drop();
    dc.tooLong({ difference: 3, channelDifference: 2 });
    await aWhile(parts);
    dc.refuse({ on: false });
    await aWhile(parts);
    dc.tooLong({});
  },
  async 'asked to ask'({ dc }) {
    dc.pushTooLong(at);
    dc.pushTooLong({ ...at, channel: regionGroup });
  },
  async 'the desk off'(whole, parts) {
    await whole.off();
    await aWhile(parts);
    await whole.on();
  },
  async 'keys forgotten'(whole, parts) {
    whole.dc.forgetKeys();
    await until('signed out', async () => (await whole.state()) === 'signed-out', 120_000);
    await aWhile(parts);
    await whole.signIn();
    await whole.ready();
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

/** Nothing is broken any more, and the desk is connected. */
export async function mendAll(whole: WholeDesk): Promise<void> {
  const { dc } = whole;
  dc.clearFaults();
  dc.hold({ on: false });
  dc.refuse({ on: false });
  dc.skew({ seconds: 0 });
  dc.tooLong({});
  await dc.up();
  if (!whole.isOn) await whole.on();
  // Whatever the connection stood in the middle of is over.
  await whole.ready();
}
