import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { channelReceipts } from '../../shared/domain/channels.ts';
import { AppError } from '../../shared/errors.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { createLetterOutcomes } from '../letters/letter-outcomes.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { silentLogger } from '../platform/logger.ts';
import type { Channel } from './channel.ts';
import { createOutboxRunner, type OutboxRunner } from './outbox-runner.ts';

type Script = (record: OutboxRecord, wrote: () => void, signal: AbortSignal) => Promise<string>;

let kit: CoreKit;
let person: number;
let incidentId: number;
let script: Script;
let tried: { id: number; at: number }[];

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  kit.addAccount();
  const opened = {
    title: 'Нет питания',
    description: '',
    applicantName: '',
    applicantPhone: '',
    applicantAddress: 'noc@operator.example',
    asset: '',
    typeId: null,
    assigneeId: person,
  };
  incidentId = kit.open(opened, person);
  script = async () => '250 ok';
  tried = [];
});

const channel: Channel = {
  receipts: channelReceipts.mail,
  isIdempotent: false,
  async deliver(record, { wrote }, signal) {
    tried.push({ id: record.id, at: kit.clock.elapsed() });
    return { response: await script(record, wrote, signal) };
  },
};
const runnerOver = (): OutboxRunner =>
  createOutboxRunner({
    db: kit.db,
    store: kit.stores.outbox,
    channels: { mail: channel, telegram: channel },
    outcomes: createLetterOutcomes(kit.desk),
    clock: kit.clock,
    log: silentLogger,
  });
const queue = (accountId?: number): number => {
  const begun = { incidentId, mode: 'new', sourceId: null, templateKey: null } as const;
  const draft = beginDraft(kit.desk, begun, person);
  if (accountId !== undefined) {
    const stored = kit.stores.drafts.require(draft.id, person);
    kit.db.transact((revision) => kit.stores.drafts.save({ ...stored, accountId }, revision));
  }
  return sendLetter(kit.desk, draft.id, true, person).outboxId;
};
const alive = new AbortController().signal;
const stateOf = (id: number) => kit.stores.outbox.require(id).state;
const offline = () =>
  Promise.reject(
    new AppError('unavailable', { details: { reason: 'network-unreachable', scope: 'channel' } }),
  );
const hanging: Script = (_record, _wrote, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new AppError('cancelled')), { once: true });
  });

describe('a letter in the outbox', () => {
  test('leaves when its time to be taken back is over, and not before', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = queue();

    await kit.clock.advance(9_999);
    expect([tried.length, stateOf(id)]).toEqual([0, 'queued']);
    await kit.clock.advance(2);

    expect(stateOf(id)).toBe('accepted');
    await runner.stop();
  });

  test('leaves within a minute of the network coming back, however long it was away', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = queue();
    script = offline;
    await kit.clock.advance(3 * 3_600_000);
    expect([stateOf(id), runner.health()]).toMatchObject(['queued', { reason: 'network-unreachable' }]);

    script = async () => '250 ok';
    await kit.clock.advance(60_001);

    expect(stateOf(id)).toBe('accepted');
    await runner.stop();
  });

  test('keeps its turn over an outage: a younger one never overtakes it', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const ids = [queue()];
    script = offline;
    await kit.clock.advance(300_000);
    ids.push(queue(), queue());
    await kit.clock.advance(30_000);
    tried = [];

    script = async () => '250 ok';
    await kit.clock.advance(60_001);

    expect(tried.map(({ id }) => id)).toEqual(ids);
    await runner.stop();
  });

  test('costs one login each ten minutes while the password is refused, however many wait', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    for (let index = 0; index < 20; index += 1) queue();
    script = () =>
      Promise.reject(new AppError('denied', { details: { reason: 'password-refused', scope: 'channel' } }));

    await kit.clock.advance(1_800_000);
    expect(tried.length).toBe(3);

    script = async () => '250 ok';
    runner.retryAccount('mail', 1);
    await kit.clock.advance(1000);
    expect(kit.stores.outbox.counts().waiting).toBe(0);
    await runner.stop();
  });

  test('put off by greylisting does not hold up the next', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const [grey, other] = [queue(), queue()];
    const greylisted = new AppError('unavailable', { details: { certainty: 'not-sent' } });
    script = (record) => (record.id === grey ? Promise.reject(greylisted) : Promise.resolve('250 ok'));

    await kit.clock.advance(11_000);
    expect([stateOf(grey), stateOf(other)]).toEqual(['queued', 'accepted']);

    await kit.clock.advance(2 * 3_600_000);
    expect(stateOf(grey)).toBe('failed');
    await runner.stop();
  });

  test('refused for good is not tried again and a person is told', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = queue();
    const refused = { reason: 'recipient-refused', certainty: 'refused', response: '550 no such user' };
    script = () => Promise.reject(new AppError('upstream', { details: refused }));

    await kit.clock.advance(3_600_000);

    expect(tried.length).toBe(1);
    expect(kit.stores.outbox.require(id)).toMatchObject({
      state: 'failed',
      errorCode: 'recipient-refused',
      errorDetail: '550 no such user',
    });
    expect(runner.health()).toMatchObject({ state: 'needs-attention', facts: { failed: 1 } });
    await runner.stop();
  });

  test('written without an answer is unknown and never sent again by itself', async () => {
    const runner = runnerOver();
    await runner.start(alive);
    const id = queue();
    script = (_record, wrote) => {
      wrote();
      return Promise.reject(new AppError('timeout', { message: 'no answer' }));
    };

    await kit.clock.advance(12 * 3_600_000);

    expect([tried.length, stateOf(id)]).toEqual([1, 'unknown']);
    expect(kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind)).toContain(
      'incident.letter-unknown',
    );
    await runner.stop();
  });

  test('of one account does not wait for a silent server of another', async () => {
    const second = kit.addAccount('night@towers.example');
    const runner = runnerOver();
    await runner.start(alive);
    const stuck = queue(1);
    script = (record, wrote, signal) =>
      record.accountId === 1 ? hanging(record, wrote, signal) : Promise.resolve('250 ok');
    await kit.clock.advance(11_000);
    for (let index = 0; index < 60; index += 1) queue(1);
    const other = queue(second);

    await kit.clock.advance(10_001);

    expect([stateOf(stuck), stateOf(other)]).toEqual(['sending', 'accepted']);
    await runner.stop();
  });
});

describe('a crash', () => {
  const crashed = async (wrote: boolean) => {
    const id = queue();
    kit.db.transact((revision) => {
      const record = kit.stores.outbox.require(id);
      const wroteAt = wrote ? kit.clock.now() : null;
      kit.stores.outbox.save({ ...record, state: 'sending', leaseUntil: 1, wroteAt, attempts: 1, revision });
      kit.stores.outbox.beginAttempt(id, kit.clock.now());
    });
    const runner = runnerOver();
    await runner.start(alive);
    await kit.clock.advance(11_000);
    await runner.stop();
    return id;
  };

  test('before the first byte left lets the letter go', async () => {
    const id = await crashed(false);

    expect([tried.length, stateOf(id)]).toEqual([1, 'accepted']);
  });

  test('after the first byte left asks a person', async () => {
    const id = await crashed(true);

    expect([tried.length, stateOf(id)]).toEqual([0, 'unknown']);
    expect(kit.stores.outbox.attempts(id)).toMatchObject([{ outcome: 'unknown', code: 'interrupted' }]);
  });
});

test('an answer that could not be written down makes the letter unknown, not lost in sending', async () => {
  const outcomes = createLetterOutcomes(kit.desk);
  let isFull = true;
  const runner = createOutboxRunner({
    db: kit.db,
    store: kit.stores.outbox,
    channels: { mail: channel, telegram: channel },
    outcomes: {
      ...outcomes,
      accepted(...facts) {
        if (isFull) throw new Error('SQLITE_FULL');
        outcomes.accepted(...facts);
      },
    },
    clock: kit.clock,
    log: silentLogger,
  });
  await runner.start(alive);
  const id = queue();
  script = async (_record, wrote) => {
    wrote();
    return '250 ok';
  };

  await kit.clock.advance(11_000);
  isFull = false;
  await kit.clock.advance(60_000);

  expect([tried.length, stateOf(id)]).toEqual([1, 'unknown']);
  await runner.stop();
});

test('stopping in the middle of a delivery ends it, queues the letter again and leaves no timer', async () => {
  const runner = runnerOver();
  await runner.start(alive);
  const id = queue();
  script = hanging;
  await kit.clock.advance(11_000);
  expect(stateOf(id)).toBe('sending');

  await runner.stop();
  await runner.stop();

  expect([stateOf(id), kit.clock.sleeping, runner.health().state]).toEqual(['queued', 0, 'off']);
});
