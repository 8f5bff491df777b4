import { beforeEach, describe, expect, test } from 'vitest';
import { createLifeKit, type LifeKit } from '../../../test/support/life-kit.ts';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import { mergeIncidents, partIncident } from '../links/merge.ts';
import { moveLetters } from '../links/move-letters.ts';
import { armAutoClosing } from './auto-close.ts';
import { dismiss, pause, setStatus } from './change-incident.ts';
import { postpone } from './postpone.ts';
import { correctWork, endWork, startWork } from './works.ts';

/** What one part of an incident's life means to another that knows nothing of it. */

const minute = 60_000;
const hour = 60 * minute;

describe('what is merged', () => {
  let kit: LinkKit;
  beforeEach(() => {
    kit = createLinkKit();
  });
  const row = (id: number) => kit.desk.incidents.require(id);
  const at = (id: number) => ({ id, expected: kit.expected() });
  const merge = (intoId: number, id: number) =>
    mergeIncidents(kit.links, { intoId, expected: kit.expected(), others: [at(id)] }, kit.actor);
  const two = () =>
    [kit.letter({ subject: 'A' }).incidentId, kit.letter({ subject: 'B' }).incidentId] as const;
  const running = (id: number) => kit.desk.clocks.all(id).filter(({ endedAt }) => endedAt === null).length;

  test('does not rise again by the undo of what was decided before', () => {
    const [into, id] = two();
    const { undo } = setStatus(kit.desk, { ...at(id), statusId: kit.statusId('in-progress') }, kit.actor);
    merge(into, id);

    expect(() => kit.takeBack(undo, kit.actor)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
    expect(row(id).finishedAt).not.toBeNull();
    expect(running(id)).toBe(0);
  });

  test('is not set aside: its letters live in another', () => {
    const [into, id] = two();
    merge(into, id);
    expect(() => dismiss(kit.desk, { ...at(id), ruleId: null }, kit.actor)).toThrow(
      expect.objectContaining({ reason: 'merged-away' }),
    );
  });

  test('gets no letter back that was moved away before', () => {
    const [into, id] = two();
    const other = kit.letter({ subject: 'C' });
    const moved = kit.letter({ subject: 'D' });
    moveLetters(kit.links, { messageIds: [moved.messageId], incidentId: id, alone: false }, kit.actor);
    const { undo } = moveLetters(
      kit.links,
      { messageIds: [moved.messageId], incidentId: other.incidentId, alone: false },
      kit.actor,
    );
    merge(into, id);

    expect(() => kit.takeBack(undo, kit.actor)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
    expect(kit.subjects(other.incidentId)).toContain('D');
  });

  test('is not closed by silence after it is taken apart when somebody wrote meanwhile', () => {
    const [into] = two();
    const first = kit.letter({ subject: 'E', id: 'e@operator.example' });
    const id = first.incidentId;
    kit.db.transact(() => {
      kit.desk.incidents.save({ ...row(id), statusId: kit.statusId('closure-notified') });
      armAutoClosing(kit.desk, row(id), { by: 'hand', actor: kit.actor }, kit.expected());
    });
    merge(into, id);
    kit.clock.jump(minute);
    kit.letter({ subject: 'Re: E', references: ['e@operator.example'] });
    kit.clock.jump(minute);

    partIncident(kit.links, { ...at(id), takeLater: false }, kit.actor);

    expect(kit.subjects(id)).toEqual(['E', 'Re: E']);
    expect(row(id).autoCloseAt).toBeNull();
  });

  test('waits for its silence still when nobody wrote', () => {
    const [into, id] = two();
    kit.db.transact(() => {
      kit.desk.incidents.save({ ...row(id), statusId: kit.statusId('closure-notified') });
      armAutoClosing(kit.desk, row(id), { by: 'hand', actor: kit.actor }, kit.expected());
    });
    const { autoCloseAt } = row(id);
    merge(into, id);
    kit.clock.jump(minute);

    partIncident(kit.links, { ...at(id), takeLater: false }, kit.actor);

    expect(row(id).autoCloseAt).toBe(autoCloseAt);
  });
});

describe('what is set aside', () => {
  let kit: LifeKit;
  beforeEach(() => {
    kit = createLifeKit();
  });

  test('and was put off returns with the letter of a person', () => {
    const id = kit.opened('fibre');
    kit.put(id, 'in-progress');
    postpone(kit.desk, { ...kit.now(id), until: kit.clock.now() + hour, reason: 'ждём' }, null);
    dismiss(kit.desk, { ...kit.now(id), ruleId: null }, null);
    kit.clock.jump(minute);

    kit.joins(id);

    expect(kit.at(id)).toMatchObject({ dismissedAt: null, postponedUntil: null });
    expect(kit.status(id)).toBe('in-progress');
    expect(kit.desk.clocks.ofIncident(id)).toMatchObject({ endedAt: null, pausedAt: null });
  });

  test('and was to be closed by silence is not closed after a letter', () => {
    const id = kit.opened('fibre');
    kit.put(id, 'closure-notified');
    kit.db.transact((revision) =>
      armAutoClosing(kit.desk, kit.at(id), { by: 'hand', actor: null }, revision),
    );
    dismiss(kit.desk, { ...kit.now(id), ruleId: null }, null);
    kit.clock.jump(minute);

    kit.joins(id);

    expect(kit.at(id)).toMatchObject({ dismissedAt: null, autoCloseAt: null });
  });

  test('stays so when a status before it is taken back', () => {
    const id = kit.opened('fibre');
    const { undo } = setStatus(kit.desk, { ...kit.now(id), statusId: kit.statusId('in-progress') }, null);
    dismiss(kit.desk, { ...kit.now(id), ruleId: null }, null);

    expect(() => kit.takeBack(undo)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
    expect(kit.desk.clocks.ofIncident(id)?.endedAt).not.toBeNull();
  });
});

describe('what is put off', () => {
  test('has a time to wake up, whichever dialog was used', () => {
    const kit = createLifeKit();
    const id = kit.opened('fibre');
    kit.put(id, 'in-progress');
    expect(() => kit.close(id, { statusId: kit.statusId('postponed') })).toThrow(
      expect.objectContaining({ reason: 'postpone-needs-time' }),
    );
  });
});

describe('what is closed', () => {
  let kit: LifeKit;
  beforeEach(() => {
    kit = createLifeKit();
  });

  test('begins no work again when the end of it is taken back', () => {
    const id = kit.opened('fibre');
    kit.put(id, 'in-progress');
    startWork(kit.desk, id, 'emergency', { at: kit.clock.now(), actor: null });
    const ended = endWork(kit.desk, id, 'emergency', { at: kit.clock.now(), actor: null });
    kit.clock.jump(minute);
    kit.put(id, 'closed');

    expect(() => kit.takeBack(ended)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
    expect(kit.desk.clocks.ofIncident(id, 'emergency')?.endedAt).not.toBeNull();
  });

  test('has no work put right so that it runs', () => {
    const id = kit.opened('fibre');
    kit.put(id, 'closed');
    const startedAt = kit.clock.now();
    expect(() =>
      correctWork(kit.desk, id, { kind: 'emergency', to: { startedAt, endedAt: null } }, null),
    ).toThrow(expect.objectContaining({ reason: 'incident-finished' }));
  });

  test('and taken back stands paused as it did', () => {
    const id = kit.opened('fibre');
    kit.put(id, 'in-progress');
    pause(kit.desk, { ...kit.now(id), reason: 'нет доступа' }, null);
    const before = kit.desk.clocks.ofIncident(id);
    kit.clock.jump(minute);
    const { undo } = kit.close(id, { statusId: kit.statusId('closed') });
    kit.clock.jump(minute);

    kit.takeBack(undo);

    expect(kit.desk.clocks.ofIncident(id)).toEqual(before);
  });

  test('by a colleague anew is not opened by the undo of the first closing', () => {
    const id = kit.opened('fibre');
    kit.put(id, 'in-progress');
    const { undo } = kit.close(id);
    kit.clock.jump(minute);
    kit.put(id, 'in-progress');
    kit.clock.jump(minute);
    kit.close(id);

    expect(() => kit.takeBack(undo)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
    expect(kit.status(id)).toBe('closed');
  });
});
