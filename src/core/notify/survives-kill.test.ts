import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { ScriptedDriver, ScriptedKind } from '../../../test/support/scripted-driver.ts';
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
