import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import {
  type EmbeddedMail,
  startEmbeddedMail,
  type Submission,
} from '../../src/core/training/embedded-mail.ts';
import type { JournalView, MessageView } from '../../src/shared/contract/incidents.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { makeLetter } from '../support/make-letter.ts';

const everything = {
  filter: { scope: 'all' },
  sort: { key: 'urgency', descending: false },
  offset: 0,
  limit: 100,
} as const;
const incidents = 4;

type Side = {
  readonly address: string;
  readonly mail: EmbeddedMail;
  desk: Desk;
  page: Client<PultContract>;
  /** Letters nobody wrote, as they left. */
  readonly answers: string[];
  /** How many letters were put into its mailbox. */
  delivered: number;
};

/** What a program that knows no manners leaves of a letter: nothing says that a machine wrote it. */
function withoutManners({ raw }: Submission): Buffer {
  const text = raw.toString('latin1');
  return Buffer.from(
    text.replaceAll(/^(?:Auto-Submitted|X-Auto-Response-Suppress|Precedence):.*\r\n/gim, ''),
    'latin1',
  );
}

async function startSide(address: string): Promise<Side> {
  const mail = await startEmbeddedMail({ account: { address, password: 'secret' }, clock: systemClock });
  const provision = provisionFor({ host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp });
  const accounts = provision.accounts.map((account) => ({
    ...account,
    settings: { ...account.settings, address, userName: address },
  }));
  const settings = { undoSeconds: 0, answersLateLetters: true };
  const desk = await startDesk({ provision: { ...provision, accounts, settings } });
  return { address, mail, desk, page: await desk.page(), answers: [], delivered: 0 };
}

function arrives(at: Side, raw: Buffer): void {
  at.delivered += 1;
  at.mail.deliver(raw, Date.now());
}

describe('two desks that answer each other, each deaf to what the other says of itself', () => {
  let north: Side;
  let south: Side;
  const sides = () => [north, south];

  beforeAll(async () => {
    [north, south] = await Promise.all([
      startSide('north@towers.example'),
      startSide('south@towers.example'),
    ]);
    for (const [from, to] of [
      [north, south],
      [south, north],
    ] as const) {
      from.mail.onSubmitted((submission) => {
        if (/^Auto-Submitted: auto-replied/im.test(submission.raw.toString('latin1'))) {
          from.answers.push(submission.recipients.join());
        }
        if (submission.recipients.includes(to.address)) arrives(to, withoutManners(submission));
      });
    }
  });

  afterAll(async () => {
    await Promise.all(sides().map(({ desk }) => desk.stop()));
    await Promise.all(sides().map(({ mail }) => mail.stop()));
  });

  const rowsOf = async (side: Side) => (await side.page.incidents.queue(everything)).rows;
  const entriesOf = async (side: Side) => {
    const rows = await rowsOf(side);
    const lines = await Promise.all(rows.map(({ id }) => side.page.incidents.timeline({ id, limit: 200 })));
    return lines.flatMap(({ entries }) => entries) as (MessageView | JournalView)[];
  };
  const received = async (side: Side) =>
    (await entriesOf(side)).filter((entry) => entry.kind === 'message' && entry.direction === 'in').length;
  const leaving = async (side: Side) => (await side.page.outbox.list({})).rows.length;
  const heldBack = async (side: Side) =>
    (await entriesOf(side)).filter(
      (entry) => entry.kind === 'event' && entry.event === 'incident.answer-held-back',
    ).length;
  /** Everything that was said has been heard, and nobody is about to say more. */
  const settled = () =>
    expect
      .poll(
        async () =>
          Promise.all(
            sides().map(async (side) => [side.delivered - (await received(side)), await leaving(side)]),
          ),
        { timeout: 30_000, interval: 200 },
      )
      .toEqual([
        [0, 0],
        [0, 0],
      ]);
  async function closeAll(): Promise<void> {
    for (const side of sides()) {
      const { statuses } = await side.page.reference.all({});
      const closed = statuses.find(({ key }) => key === 'closed')!.id;
      const { types } = await side.page.reference.all({});
      for (const row of await rowsOf(side)) {
        if (row.finishedAt !== null) continue;
        const card = async () => (await side.page.incidents.card({ id: row.id })).row;
        if (row.typeId === null) {
          await side.page.incidents.setType({ id: row.id, expected: row.revision, typeId: types[0]!.id });
        }
        const { subtypes } = await side.page.workflow.ofIncident({ id: row.id }).then(
          () => side.page.reference.all({}),
          () => ({ subtypes: [] }),
        );
        const now = await card();
        if (subtypes[0]) {
          await side.page.workflow
            .setSubtype({ id: row.id, expected: now.revision, subtypeId: subtypes[0].id })
            .catch(() => undefined);
        }
        await side.page.incidents.setStatus({
          id: row.id,
          expected: (await card()).revision,
          statusId: closed,
        });
      }
    }
  }
  /** The first spark: a person of each writes into every closed incident of the other. */
  function writeToAll(round: number): void {
    for (const [from, to] of [
      [north, south],
      [south, north],
    ] as const) {
      for (let number = 0; number < incidents; number += 1) {
        const letter = makeLetter({
          from: from.address,
          to: to.address,
          subject: `PLT-${1001 + number} круг ${round}`,
          text: `Письмо ${round}.${number} от ${from.address}`,
          date: Date.now(),
        });
        arrives(to, letter);
      }
    }
  }

  test('send each other two letters within the hour and not one more, however often they close and write', async () => {
    for (const [from, to] of [
      [north, south],
      [south, north],
    ] as const) {
      for (let number = 0; number < incidents; number += 1) {
        arrives(
          to,
          makeLetter({
            from: from.address,
            to: to.address,
            subject: `Авария номер ${'абвг'[number]}`,
            text: `Первое письмо ${number}`,
            date: Date.now(),
          }),
        );
      }
    }
    await settled();
    for (let round = 0; round < 3; round += 1) {
      await closeAll();
      writeToAll(round);
      await settled();
    }

    expect([north.answers, south.answers]).toEqual([
      [south.address, south.address],
      [north.address, north.address],
    ]);
    expect(Math.min(await heldBack(north), await heldBack(south))).toBeGreaterThan(0);
  });

  test('have not forgotten it after a restart', async () => {
    for (const side of sides()) {
      side.desk = await side.desk.restart();
      side.page = await side.desk.page();
    }
    await closeAll();
    writeToAll(9);
    await settled();

    expect([north.answers.length, south.answers.length]).toEqual([2, 2]);
  });
});
