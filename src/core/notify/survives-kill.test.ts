import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { DriverScene, ScriptedDriver, ScriptedKind } from '../../../test/support/scripted-driver.ts';
import { createSeededRandom } from '../training/seeded-random.ts';
import type { Party } from '../../shared/domain/reaching.ts';

const alive = new AbortController().signal;

let directory: string;
let seed: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pult-notify-'));
  seed = 0;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

type Run = { readonly kit: NotifyKit; readonly sms: ScriptedDriver };

/** A start of the desk over the same file. A killed one is left as it was: nothing of it writes any more. */
function open(kind: ScriptedKind = {}): Run {
  seed += 1;
  const kit = createNotifyKit(join(directory, 'pult.db'), seed);
  const known = kit.stores.routes.all()[0];
  return { kit, sms: known ? kit.playRoute(known.id, kind) : kit.addRoute('smsaero', kind, { price: 300 }) };
}

async function kill({ kit }: Run): Promise<void> {
  // The process is gone: no transaction of it commits any more, and its memory is lost.
  kit.db.connection.close();
  await kit.service.stop().catch(() => undefined);
}

function begin(run: Run, waitSeconds = 60): number {
  run.kit.ladder('normal', [{ channel: 'sms', waitFor: 'accepted', waitSeconds }]);
  const ivan: Party = run.kit.addContact('Иван', { phone: '+7 900 555-01-01' });
  return run.kit.notify(ivan);
}

describe('killed', () => {
  test('before it was taken up: it is sent by the next start, once', async () => {
    const first = open();
    const id = begin(first);
    await kill(first);

    const second = open();
    await second.kit.service.start(alive);
    await second.kit.clock.advance(10);
    expect([second.sms.sent.length, second.kit.steps(id)]).toEqual([1, ['1.0 sms accepted']]);
    await second.kit.service.stop();
  });

  test('after it was taken up and before its first byte: it is sent by the next start, once', async () => {
    const first = open();
    first.sms.play({ as: 'hangs', wrote: false });
    const id = begin(first);
    await first.kit.service.start(alive);
    await first.kit.clock.advance(10);
    expect(first.kit.steps(id)).toEqual(['1.0 sms sending']);
    await kill(first);

    const second = open();
    await second.kit.service.start(alive);
    await second.kit.clock.advance(10);
    expect([first.sms.sent.length, second.sms.sent.length]).toEqual([0, 1]);
    expect(second.kit.steps(id)).toEqual(['1.0 sms accepted']);
    expect(second.kit.stores.deliveryAttempts.of(1).map(({ outcome }) => outcome)).toEqual([
      'not-sent',
      'accepted',
    ]);
    await second.kit.service.stop();
  });

  test('after its first byte: it is never sent again, keeps its money, and the dispatcher is told', async () => {
    const first = open();
    first.sms.play({ as: 'hangs', wrote: true });
    const id = begin(first);
    await first.kit.service.start(alive);
    await first.kit.clock.advance(10);
    await kill(first);

    const second = open();
    await second.kit.service.start(alive);
    await second.kit.clock.advance(3_600_000);
    expect([first.sms.sent.length, second.sms.sent.length]).toEqual([1, 0]);
    expect(second.kit.steps(id)).toEqual(['1.0 sms unknown']);
    expect(second.kit.stores.reachAlarms.sounding().map(({ kind }) => kind)).toEqual([
      'unknown',
      'not-reached',
    ]);
    const spent = second.kit.stores.deliveryAttempts.spentSince(1, 0);
    expect(spent).toBe(second.kit.stores.deliveryAttempts.of(1)[0]?.cost);
    expect(spent).toBeGreaterThan(0);
    await second.kit.service.stop();
  });

  test('after its first byte, where the service can be asked: what became of it is found out', async () => {
    const first = open({ finds: true });
    first.sms.play({ as: 'hangs', wrote: true });
    const id = begin(first, 3600);
    await first.kit.service.start(alive);
    await first.kit.clock.advance(10);
    await kill(first);

    const second = open({ finds: true });
    second.sms.found({ status: 'accepted', raw: 'found', providerId: 'p-1' });
    await second.kit.service.start(alive);
    await second.kit.clock.advance(10_000);
    expect([second.sms.sent.length, second.kit.steps(id), second.kit.state(id)]).toEqual([
      0,
      ['1.0 sms accepted'],
      'reached',
    ]);
    await second.kit.service.stop();
  });

  test('after the service took it: the ladder goes on where it stood', async () => {
    const first = open();
    first.kit.ladder('normal', [
      { channel: 'sms', waitFor: 'delivered' },
      { channel: 'sms', waitFor: 'delivered' },
    ]);
    const id = first.kit.notify(first.kit.addContact('Иван', { phone: '+7 900 555-01-01' }));
    await first.kit.service.start(alive);
    await first.kit.clock.advance(10);
    await kill(first);

    const second = open();
    await second.kit.service.start(alive);
    await second.kit.clock.advance(10);
    expect(second.sms.sent).toEqual([]);
    await second.kit.clock.advance(61_000);
    expect(second.kit.steps(id)).toEqual(['1.0 sms accepted', '1.1 sms accepted']);
    await second.kit.service.stop();
  });

  test('between an answer and what it follows from: told again, it is taken once', async () => {
    const first = open();
    const id = begin(first);
    await first.kit.service.start(alive);
    await first.kit.clock.advance(10);
    const { code } = first.kit.stores.notifications.require(id);
    const event = { eventId: 'update-7', address: '79005550101', code, verb: 'accepted' } as const;
    first.kit.answer(first.sms, event);
    await kill(first);

    const second = open();
    await second.kit.service.start(alive);
    await second.kit.clock.advance(10);
    expect(second.kit.answer(second.sms, event)).toEqual({ reply: 'Принято, спасибо.', verb: 'accepted' });
    expect(second.kit.stores.replies.ofNotification(id)).toHaveLength(1);
    await second.kit.service.stop();
  });
});

test('put to rest while a message is on its way and has not begun to leave: it leaves after the next start', async () => {
  const first = open();
  first.sms.play({ as: 'hangs', wrote: false });
  const id = begin(first);
  await first.kit.service.start(alive);
  await first.kit.clock.advance(10);
  await first.kit.service.stop();
  expect(first.kit.steps(id)).toEqual(['1.0 sms queued']);

  first.kit.db.close();
  const second = open();
  await second.kit.service.start(alive);
  await second.kit.clock.advance(10);
  expect(second.kit.steps(id)).toEqual(['1.0 sms accepted']);
  await second.kit.service.stop();
});

describe.each([11, 12, 13])('killed again and again while routes fail as they like (%i)', (luck) => {
  test('each is reached or told of, nothing leaves twice for one step, and every status has its attempts', async () => {
    const random = createSeededRandom(luck);
    const taken = new Map<string, number>();
    let run = open();
    const count = 40;
    run.kit.ladder('normal', [
      { channel: 'sms', waitFor: 'acknowledged', waitSeconds: 30, retries: 1 },
      { channel: 'sms', waitFor: 'delivered', waitSeconds: 30, retries: 1 },
    ]);
    const ids = Array.from({ length: count }, (_, at) =>
      run.kit.notify(run.kit.addContact(`Техник ${at}`, { phone: `+7 900 555-1${100 + at}` })),
    );
    for (let kills = 0; kills < 12; kills += 1) {
      run.sms.play(...Array.from({ length: count * 2 }, () => sceneOf(random.number())));
      await run.kit.service.start(alive);
      await run.kit.clock.advance(Math.ceil(random.number() * 9000));
      await kill(run);
      for (const { uuid } of run.sms.sent) taken.set(uuid, (taken.get(uuid) ?? 0) + 1);
      run = open();
      run.kit.clock.jump((kills + 1) * 10_000);
    }
    await run.kit.service.start(alive);
    await run.kit.clock.advance(600_000);
    for (const { uuid } of run.sms.sent) taken.set(uuid, (taken.get(uuid) ?? 0) + 1);

    const { stores } = run.kit;
    const alarmed = new Set(
      run.kit.db.prepare<[], number>('SELECT notification_id FROM reach_alarm').pluck().all(),
    );
    for (const id of ids) {
      const { state } = stores.notifications.require(id);
      expect(['reached', 'not-reached']).toContain(state);
      if (state === 'not-reached') expect(alarmed).toContain(id);
      for (const delivery of stores.deliveries.ofNotification(id)) {
        const left = stores.deliveryAttempts
          .of(delivery.id)
          .filter(({ outcome }) => outcome === 'accepted' || outcome === 'unknown');
        expect(left.length).toBeLessThanOrEqual(1);
        if (['accepted', 'delivered', 'unknown'].includes(delivery.state)) expect(left).toHaveLength(1);
      }
    }
    expect([...taken.values()].filter((times) => times > 1)).toEqual([]);
    expect(taken.size).toBeGreaterThan(count);
    await run.kit.service.stop();
  }, 60_000);
});

function sceneOf(luck: number): DriverScene {
  if (luck < 0.4) return { as: 'takes', report: { status: luck < 0.2 ? 'delivered' : 'accepted' } };
  if (luck < 0.55) return { as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' };
  if (luck < 0.65) return { as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true };
  if (luck < 0.75) return { as: 'hangs', wrote: false };
  return { as: 'hangs', wrote: true };
}
