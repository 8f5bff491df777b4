import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startOfTest } from '../../../test/support/core-kit.ts';
import { createLifeKit, type LifeKit } from '../../../test/support/life-kit.ts';
import { armAutoClosing, autoCloseAtFor, autoCloseDelay, cancelAutoClose } from './auto-close.ts';
import { wasRefused } from './auto-close-of.ts';
import { bindAsset } from './bind-assets.ts';
import { edit, setStatus } from './change-incident.ts';

const minute = 60_000;
const hour = 60 * minute;

let kit: LifeKit;
const folders: string[] = [];

beforeEach(() => {
  kit = createLifeKit();
});
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** As the closing letter leaves it. */
const armed = (typeKey: string | undefined = 'fibre', desk = kit) => {
  const id = desk.opened(typeKey);
  desk.put(id, 'closure-notified');
  desk.db.transact((revision) =>
    armAutoClosing(desk.desk, desk.at(id), { by: 'letter', actor: null, messageId: 7 }, revision),
  );
  return id;
};
/** A station of an operator in a group; its id. */
const station = (group: string, minutes: number | null) =>
  kit.db.transact((revision) => {
    const { assetReference, assets } = kit.stores;
    const groupId = assetReference.insertGroup(
      { name: group, domains: [], autoCloseMinutes: minutes },
      revision,
    );
    const operatorId = assetReference.ensureOperator(`${group} Москва`, groupId, revision);
    const id = assets.insert({
      uuid: `uuid-${group}`,
      kind: 'station',
      sourceId: null,
      externalId: group,
      code: group,
      name: '',
      state: '',
      parentId: null,
      regionId: null,
      contractorId: null,
      address: '',
      latitude: null,
      longitude: null,
      manager: '',
      emails: [],
      phones: [],
      ownContacts: false,
      sourceHash: '',
      goneAt: null,
      revision,
    });
    assets.setOperators(id, [operatorId]);
    return id;
  });
const running = async (work: () => Promise<void>) => {
  const watch = kit.watch();
  await watch.start(new AbortController().signal);
  await work();
  await watch.stop();
  expect(kit.clock.sleeping).toBe(0);
};

describe('silence', () => {
  test('closes to the second after the closing letter', async () => {
    const id = armed();
    expect(kit.at(id).autoCloseAt).toBe(startOfTest + 12 * hour);
    expect(kit.told(id, 'incident.auto-close-armed')).toMatchObject({
      by: 'letter',
      minutes: 720,
      group: null,
    });

    await running(async () => {
      kit.clock.jump(12 * hour - 15_000);
      await kit.clock.advance(14_999);
      expect(kit.status(id)).toBe('closure-notified');
      await kit.clock.advance(1);
    });

    expect(kit.status(id)).toBe('closed');
    expect(kit.at(id)).toMatchObject({ finishedAt: startOfTest + 12 * hour, autoCloseAt: null });
    expect(kit.told(id, 'incident.status-changed')).toMatchObject({ why: 'auto-close' });
  });

  test('closes what came due while the machine slept, in order', async () => {
    const [late, early] = [armed(), armed()];
    kit.db.transact((revision) =>
      kit.desk.incidents.save({ ...kit.at(early), autoCloseAt: startOfTest + hour, revision }),
    );
    await running(async () => {
      kit.clock.jump(48 * hour);
      await kit.clock.advance(15_000);
    });
    expect([kit.status(early), kit.status(late)]).toEqual(['closed', 'closed']);
    const sequence = (id: number) =>
      kit.desk.journal.ofSubject('incident', id).findLast(({ kind }) => kind === 'incident.status-changed')!
        .sequence;
    expect(sequence(early)).toBeLessThan(sequence(late));
  });

  test('closes after a restart of the desk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pult-life-'));
    folders.push(folder);
    const file = join(folder, 'pult.db');
    const before = createLifeKit(file);
    const id = armed('fibre', before);
    before.db.close();

    kit = createLifeKit(file, 2);
    await running(async () => {
      kit.clock.jump(13 * hour);
      await kit.clock.advance(15_000);
    });
    expect(kit.status(id)).toBe('closed');
    kit.db.close();
  });

  test('closes nothing that lacks something: it sounds and says what is missing', async () => {
    const id = armed('power-moscow');
    await running(async () => {
      kit.clock.jump(12 * hour);
      await kit.clock.advance(15_000);
    });
    expect(kit.status(id)).toBe('closure-notified');
    expect(kit.at(id).autoCloseAt).toBeNull();
    expect(kit.told(id, 'incident.auto-close-refused')).toEqual({ problems: ['no-subtype'] });
    expect(kit.sounding()).toContain('woke');
    expect(wasRefused(kit.desk, kit.at(id))).toBe(true);
    kit.put(id, 'in-progress');
    expect(wasRefused(kit.desk, kit.at(id))).toBe(false);
  });

  test('is not waited for where something was set aside', async () => {
    const id = armed();
    kit.db.transact((revision) =>
      kit.desk.incidents.save({ ...kit.at(id), dismissedAt: startOfTest, revision }),
    );
    await running(async () => {
      kit.clock.jump(12 * hour);
      await kit.clock.advance(15_000);
    });
    expect(kit.status(id)).toBe('closure-notified');
  });
});

describe('how long silence must last', () => {
  test('is the longest of what the operators of the bound stations ask for', () => {
    const id = kit.opened('fibre');
    expect(autoCloseDelay(kit.desk, id)).toEqual({ minutes: 720, group: null });

    bindAsset(kit.desk, { incidentId: id, assetId: station('Альфа', 360) }, null);
    expect(autoCloseDelay(kit.desk, id)).toEqual({ minutes: 360, group: 'Альфа' });

    bindAsset(kit.desk, { incidentId: id, assetId: station('Бета', 1440) }, null);
    expect(autoCloseDelay(kit.desk, id)).toEqual({ minutes: 1440, group: 'Бета' });
    expect(autoCloseAtFor(kit.desk, { id })).toBe(startOfTest + 24 * hour);
  });

  test("leaves an operator without a wish at the desk's own", () => {
    const id = kit.opened('fibre');
    bindAsset(kit.desk, { incidentId: id, assetId: station('Альфа', 360) }, null);
    bindAsset(kit.desk, { incidentId: id, assetId: station('Гамма', null) }, null);
    expect(autoCloseDelay(kit.desk, id)).toEqual({ minutes: 720, group: null });
  });

  test('is promised and kept in whole minutes', async () => {
    const id = kit.opened('fibre');
    await kit.clock.advance(1);
    expect(autoCloseAtFor(kit.desk, { id })).toBe(startOfTest + 12 * hour + minute);
  });
});

describe('the automatic closing is called off', () => {
  test('by a letter of a person, and history names the letter', () => {
    const id = armed();
    kit.joins(id, { messageId: 9 });
    expect(kit.at(id).autoCloseAt).toBeNull();
    expect(kit.told(id, 'incident.auto-close-cancelled')).toMatchObject({ why: 'letter', messageId: 9 });
  });

  test('not by machines, nor by our own letters', () => {
    const id = armed();
    kit.joins(id, { automatic: true });
    kit.joins(id, { direction: 'out' });
    expect(kit.at(id).autoCloseAt).toBe(startOfTest + 12 * hour);
  });

  test('by a change of status, and undo of that arms it again', () => {
    const id = armed();
    const { undo } = setStatus(
      kit.desk,
      { ...kit.now(id), statusId: kit.statusId('awaiting-confirmation') },
      null,
    );
    expect(kit.at(id).autoCloseAt).toBeNull();

    kit.takeBack(undo);
    expect(kit.at(id).autoCloseAt).toBe(startOfTest + 12 * hour);
  });

  test('by hand, with a way back; other changes leave it alone', () => {
    const id = armed();
    edit(kit.desk, { ...kit.now(id), title: 'Другое' }, null);
    expect(kit.at(id).autoCloseAt).not.toBeNull();

    const { undo } = cancelAutoClose(kit.desk, kit.now(id), null);
    expect(kit.at(id).autoCloseAt).toBeNull();
    kit.takeBack(undo);
    expect(kit.at(id).autoCloseAt).toBe(startOfTest + 12 * hour);
  });
});

describe('an answer that this desk learns of too late', () => {
  const closedBySilence = async () => {
    const id = armed();
    await running(async () => {
      kit.clock.jump(14 * hour);
      await kit.clock.advance(15_000);
    });
    expect(kit.status(id)).toBe('closed');
    return id;
  };

  test('opens what silence had closed: there was no silence', async () => {
    const id = await closedBySilence();
    kit.joins(id, { receivedAt: startOfTest + 3 * hour });
    expect(kit.status(id)).toBe('in-progress');
    expect(kit.sounding()).toContain('reopened');
  });

  test('opens nothing when it is older than the closing letter', async () => {
    const id = await closedBySilence();
    kit.joins(id, { receivedAt: startOfTest - hour });
    expect(kit.status(id)).toBe('closed');
  });
});

describe('arming by hand', () => {
  test('is allowed only where somebody waits for an answer, and wants everything in its place', () => {
    const id = kit.opened();
    expect(() => kit.close(id, { statusId: null, typeId: kit.typeId('fibre') })).toThrow(
      expect.objectContaining({ reason: 'no-auto-close' }),
    );
    kit.put(id, 'data-requested');
    expect(() => kit.close(id, { statusId: null })).toThrow(
      expect.objectContaining({ reason: 'not-ready-to-close' }),
    );

    const { undo } = kit.close(id, { statusId: null, typeId: kit.typeId('fibre') });
    expect(kit.at(id).autoCloseAt).toBe(startOfTest + 12 * hour);
    kit.takeBack(undo);
    expect(kit.at(id)).toMatchObject({ autoCloseAt: null, typeId: null });
  });
});
