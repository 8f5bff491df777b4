import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { startOfTest } from '../../../test/support/core-kit.ts';
import { createLifeKit, type LifeKit } from '../../../test/support/life-kit.ts';
import { setStatus } from './change-incident.ts';
import { postpone, postponedOf, wake } from './postpone.ts';

const hour = 3_600_000;

let kit: LifeKit;
beforeEach(() => {
  kit = createLifeKit();
});

const worked = (typeKey = 'fibre') => {
  const id = kit.opened(typeKey);
  kit.put(id, 'in-progress');
  return id;
};
const postponed = (id: number, until = startOfTest + 3 * hour, reason = 'Ждём допуск') =>
  postpone(kit.desk, { ...kit.now(id), until, reason }, null);
const sleepUntil = async (ms: number) => {
  const watch = kit.watch();
  await watch.start(new AbortController().signal);
  kit.clock.jump(ms - 15_000);
  await kit.clock.advance(14_999);
  const before = kit.desk.alarms.soundingCount();
  await kit.clock.advance(1);
  await watch.stop();
  expect(kit.clock.sleeping).toBe(0);
  return before;
};

describe('a postponed incident', () => {
  test('stands where it wakes up, and its clock runs on', () => {
    const id = worked();
    const dueAt = kit.desk.clocks.ofIncident(id)?.dueAt;
    postponed(id);

    expect(kit.status(id)).toBe('postponed');
    expect(kit.at(id)).toMatchObject({
      postponedUntil: startOfTest + 3 * hour,
      urgencyAt: startOfTest + 3 * hour,
    });
    expect(kit.desk.clocks.ofIncident(id)?.dueAt).toBe(dueAt);
    expect(postponedOf(kit.desk, kit.at(id))).toEqual({
      until: startOfTest + 3 * hour,
      reason: 'Ждём допуск',
      backStatusId: kit.statusId('in-progress'),
    });
  });

  test('wakes up to the second in the status it had, and sounds', async () => {
    const id = kit.opened('fibre');
    kit.put(id, 'data-requested');
    postponed(id);

    expect(await sleepUntil(3 * hour)).toBe(0);

    expect(kit.status(id)).toBe('data-requested');
    expect(kit.at(id).postponedUntil).toBeNull();
    expect(kit.sounding()).toEqual(['woke']);
    expect(kit.told(id, 'incident.status-changed')).toMatchObject({ why: 'woke' });
  });

  test('goes to work when the status it had is gone', async () => {
    const id = worked();
    const own = kit.desk.reference.status(kit.statusId('awaiting-confirmation'));
    kit.put(id, 'awaiting-confirmation');
    const nextIds = [...own.nextIds, kit.statusId('postponed')];
    kit.db.transact((revision) => kit.desk.reference.saveStatus({ ...own, nextIds }, revision));
    postponed(id);
    kit.db.transact((revision) =>
      kit.desk.reference.saveStatus({ ...own, nextIds, active: false }, revision),
    );

    await sleepUntil(3 * hour);

    expect(kit.status(id)).toBe('in-progress');
  });

  test('wakes up after a restart and across a change of the clocks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pult-life-'));
    const file = join(folder, 'pult.db');
    kit = createLifeKit(file);
    // The moment, not the wall's reading, is kept: Berlin's clocks go forward on the 29th of March.
    const until = Date.parse('2026-03-30T09:00:00+02:00');
    const id = worked();
    postponed(id, until);
    kit.db.close();

    kit = createLifeKit(file, 2);
    await sleepUntil(until - kit.clock.now());

    expect(kit.status(id)).toBe('in-progress');
    kit.db.close();
    rmSync(folder, { recursive: true });
  });

  test('is woken by a letter of a person, not by a machine', () => {
    const id = worked();
    postponed(id);
    kit.joins(id, { automatic: true });
    expect(kit.status(id)).toBe('postponed');

    kit.joins(id, { messageId: 9 });
    expect(kit.status(id)).toBe('in-progress');
    expect(kit.told(id, 'incident.status-changed')).toMatchObject({ why: 'letter', messageId: 9 });
    expect(kit.sounding()).toEqual(['woke']);
  });

  test('comes back by hand without a sound, and may be postponed again to the same status', () => {
    const id = worked();
    postponed(id);
    postponed(id, startOfTest + 9 * hour, 'Ещё ждём');
    expect(postponedOf(kit.desk, kit.at(id))).toMatchObject({
      reason: 'Ещё ждём',
      backStatusId: kit.statusId('in-progress'),
    });

    wake(kit.desk, kit.now(id), null);
    expect(kit.status(id)).toBe('in-progress');
    expect(kit.sounding()).toEqual([]);
  });

  test('may be closed as it is', () => {
    const id = worked();
    postponed(id);
    kit.close(id);
    expect(kit.at(id)).toMatchObject({ postponedUntil: null });
    expect(kit.status(id)).toBe('closed');
  });
});

describe('undo', () => {
  test('of postponing puts it back where it stood, of postponing again the earlier time', () => {
    const id = worked();
    const first = postponed(id);
    const second = postponed(id, startOfTest + 9 * hour);

    kit.takeBack(second.undo);
    expect(kit.at(id).postponedUntil).toBe(startOfTest + 3 * hour);
    kit.takeBack(first.undo);
    expect(kit.status(id)).toBe('in-progress');
    expect(kit.at(id).postponedUntil).toBeNull();
  });

  test('of waking it by hand postpones it as it was, unless its time has passed', () => {
    const id = worked();
    postponed(id);
    const { undo } = wake(kit.desk, kit.now(id), null);
    kit.takeBack(undo);
    expect(kit.status(id)).toBe('postponed');
    expect(postponedOf(kit.desk, kit.at(id))).toMatchObject({ reason: 'Ждём допуск' });

    const again = wake(kit.desk, kit.now(id), null);
    kit.clock.jump(4 * hour);
    expect(() => kit.takeBack(again.undo)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
  });
});

describe('postponing is refused', () => {
  test('to the past, for more than a year, and where the workflow does not lead', () => {
    const id = worked();
    expect(() => postponed(id, startOfTest)).toThrow(expect.objectContaining({ reason: 'time-past' }));
    expect(() => postponed(id, startOfTest + 367 * 24 * hour)).toThrow(
      expect.objectContaining({ reason: 'time-far' }),
    );
    const fresh = kit.opened();
    expect(() => postponed(fresh)).toThrow(expect.objectContaining({ reason: 'transition' }));
  });

  test('without a time: what has none would wait for ever', () => {
    const id = worked();
    expect(() => setStatus(kit.desk, { ...kit.now(id), statusId: kit.statusId('postponed') }, null)).toThrow(
      expect.objectContaining({ reason: 'postpone-needs-time' }),
    );
  });
});
