import { beforeEach, describe, expect, test } from 'vitest';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import { queueFilter } from '../../shared/contract/incidents.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { setType } from '../incidents/change-incident.ts';
import { createMoveLetter } from '../intake/move-letter.ts';
import { moveLetter } from '../letters/move-letter.ts';
import { applicantsOf } from './applicants.ts';
import { linksOf } from './link-pages.ts';
import { mergeIncidents, partIncident } from './merge.ts';

let kit: LinkKit;
beforeEach(() => {
  kit = createLinkKit();
});

const row = (id: number) => kit.desk.incidents.require(id);
const at = (id: number) => ({ id, expected: kit.expected() });
const merge = (intoId: number, ...ids: number[]) =>
  mergeIncidents(kit.links, { intoId, expected: kit.expected(), others: ids.map(at) }, kit.actor);
const part = (id: number, takeLater = false) => partIncident(kit.links, { ...at(id), takeLater }, kit.actor);
const isInQueue = (id: number) => {
  const scope = { finishedAt: row(id).finishedAt, dismissedAt: row(id).dismissedAt };
  return scope.finishedAt === null && scope.dismissedAt === null;
};
const clock = (id: number) => kit.desk.clocks.ofIncident(id);

describe('merging', () => {
  test('the letters stand in one incident, the other leaves the queue with its clocks ended and its alarm silent', () => {
    const first = kit.letter({ subject: 'Нет питания' });
    const second = kit.letter({ subject: 'Станция молчит' });

    merge(first.incidentId, second.incidentId);

    expect(kit.subjects(first.incidentId)).toEqual(['Нет питания', 'Станция молчит']);
    expect(row(first.incidentId)).toMatchObject({ messageCount: 2, mergedIntoId: null });
    expect(row(second.incidentId)).toMatchObject({ messageCount: 0, mergedIntoId: first.incidentId });
    expect(isInQueue(second.incidentId)).toBe(false);
    expect(kit.desk.clocks.all(second.incidentId).map(({ endedBy }) => endedBy)).not.toContain(null);
    expect(kit.desk.alarms.sounding().map(({ incidentId }) => incidentId)).toEqual([first.incidentId]);
    expect(kit.events(first.incidentId).at(-1)).toBe('incident.merged');
    expect(kit.events(second.incidentId)).toContain('incident.merged-into');
  });

  test('undone as a slip everything stands as if it had never been: letters, queue, clock', () => {
    const first = kit.letter({ subject: 'Нет питания' });
    const second = kit.letter({ subject: 'Станция молчит' });
    setType(kit.desk, { ...at(second.incidentId), typeId: kit.typeId('power-regions') }, kit.actor);
    const before = clock(second.incidentId);
    const counts = [first, second].map(({ incidentId }) => row(incidentId).messageCount);
    const { undo } = merge(first.incidentId, second.incidentId);
    kit.clock.jump(60_000);

    kit.takeBack(undo, kit.actor);

    expect(kit.subjects(first.incidentId)).toEqual(['Нет питания']);
    expect(kit.subjects(second.incidentId)).toEqual(['Станция молчит']);
    expect([first, second].map(({ incidentId }) => row(incidentId).messageCount)).toEqual(counts);
    expect(isInQueue(second.incidentId)).toBe(true);
    expect(row(second.incidentId).mergedIntoId).toBeNull();
    expect(clock(second.incidentId)).toMatchObject({ dueAt: before?.dueAt, endedAt: null });
  });

  test('what was merged counts neither as kept nor as broken', () => {
    const first = kit.letter({ subject: 'Нет питания' });
    const second = kit.letter({ subject: 'Станция молчит' });
    setType(kit.desk, { ...at(second.incidentId), typeId: kit.typeId('power-regions') }, kit.actor);
    merge(first.incidentId, second.incidentId);
    const filter = queueFilter.parse({ scope: 'all', clockStates: ['met', 'breached'] });
    const sort = { key: 'code', descending: false } as const;
    const now = kit.clock.now();

    const page = kit.stores.query.page({ filter, sort, offset: 0, limit: 9, now, personId: kit.actor });

    expect(page.rows.map(({ id }) => id)).not.toContain(second.incidentId);
  });

  test('several are merged by one decision and taken apart by one undo', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((subject) => kit.letter({ subject }).incidentId) as [
      number,
      number,
      number,
    ];

    const { undo } = merge(a, b, c);
    expect(kit.subjects(a)).toEqual(['A', 'B', 'C']);

    kit.takeBack(undo, kit.actor);
    expect([kit.subjects(a), kit.subjects(b), kit.subjects(c)]).toEqual([['A'], ['B'], ['C']]);
  });

  test('what somebody has taken apart by hand is not merged again by a late undo', () => {
    const [a, b] = [kit.letter({ subject: 'A' }).incidentId, kit.letter({ subject: 'B' }).incidentId];
    const { undo } = merge(a, b);
    part(b);

    expect(() => kit.takeBack(undo, kit.actor)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(kit.subjects(b)).toEqual(['B']);
  });

  test('in a chain every letter is found at its end, and each link of it is taken apart by itself', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((subject) => kit.letter({ subject }).incidentId) as [
      number,
      number,
      number,
    ];
    merge(b, a);
    merge(c, b);
    expect(kit.subjects(c)).toEqual(['A', 'B', 'C']);
    expect(linksOf(kit.links, a)).toMatchObject({ mergedInto: { id: b }, end: { id: c } });

    part(a);
    expect([kit.subjects(a), kit.subjects(b), kit.subjects(c)]).toEqual([['A'], [], ['B', 'C']]);

    part(b);
    expect([kit.subjects(a), kit.subjects(b), kit.subjects(c)]).toEqual([['A'], ['B'], ['C']]);
  });

  test('an incident keeps who asked, and the one it went into offers all of them', () => {
    const a = kit.letter({ subject: 'A', from: { name: 'Т2', address: 'noc@t2.example' } }).incidentId;
    const b = kit.letter({ subject: 'B', from: { name: 'МТ', address: 'noc@mt.example' } }).incidentId;

    merge(a, b);

    expect(applicantsOf(kit.links, a)).toEqual([
      { name: 'Т2', address: 'noc@t2.example' },
      { name: 'МТ', address: 'noc@mt.example' },
    ]);
    expect(linksOf(kit.links, a).merged).toMatchObject([
      { id: b, letters: 1, applicant: { address: 'noc@mt.example' } },
    ]);
  });

  test('assets are offered to the other, and what nobody accepted goes with the merged one again', () => {
    const [a, b] = [kit.letter({ subject: 'A' }).incidentId, kit.letter({ subject: 'B' }).incidentId];
    const assetId = kit.asset({ code: '41208-P-52-1-1' });
    bindAsset(kit.desk, { incidentId: b, assetId }, kit.actor);

    const { undo } = merge(a, b);
    expect(kit.desk.incidentAssets.view(a)).toMatchObject([{ code: '41208-P-52-1-1', state: 'suggested' }]);

    kit.takeBack(undo, kit.actor);
    expect(kit.desk.incidentAssets.view(a)).toEqual([]);
    expect(kit.desk.incidentAssets.view(b)).toMatchObject([{ state: 'bound' }]);
  });

  test('nothing is merged with itself, into what is closed or set aside, or twice', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((subject) => kit.letter({ subject }).incidentId) as [
      number,
      number,
      number,
    ];
    const reasonOf = (run: () => unknown): unknown => {
      try {
        run();
      } catch (thrown) {
        return (thrown as { details: { reason: string } }).details.reason;
      }
      return undefined;
    };

    expect(reasonOf(() => merge(a, a))).toBe('merge-self');
    kit.db.transact((revision) => {
      kit.desk.incidents.save({ ...row(c), finishedAt: 1, revision });
      return undefined;
    });
    expect(reasonOf(() => merge(c, a))).toBe('merge-finished');
    merge(a, b);
    expect(reasonOf(() => merge(c, b))).toBe('merge-finished');
    expect(reasonOf(() => merge(a, b))).toBe('merged-away');
    expect(reasonOf(() => merge(b, a))).toBe('merged-away');
  });

  test('a page that has not seen the last change merges nothing', () => {
    const [a, b] = [kit.letter({ subject: 'A' }).incidentId, kit.letter({ subject: 'B' }).incidentId];
    const old = kit.expected();
    setType(kit.desk, { ...at(b), typeId: kit.typeId('power-regions') }, kit.actor);

    expect(() =>
      mergeIncidents(kit.links, { intoId: a, expected: old, others: [{ id: b, expected: old }] }, kit.actor),
    ).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(kit.subjects(b)).toEqual(['B']);
  });
});

describe('letters that come after the merge', () => {
  test('an answer in the thread and a letter with the old code arrive where the letters are', () => {
    const a = kit.letter({ subject: 'A' }).incidentId;
    const b = kit.letter({ subject: 'B', id: 'b@operator.example' }).incidentId;
    const { code } = row(b);
    merge(a, b);
    kit.clock.jump(1000);

    kit.letter({ subject: 'Re: B', inReplyTo: 'b@operator.example', references: ['b@operator.example'] });
    kit.letter({ subject: `По заявке ${code}` });

    expect(kit.subjects(a)).toEqual(['A', 'B', 'Re: B', `По заявке ${code}`]);
    expect(isInQueue(b)).toBe(false);
  });

  test('taken apart the threads go with what came in them, letters by the code only when asked for', () => {
    const a = kit.letter({ subject: 'A' }).incidentId;
    const b = kit.letter({ subject: 'B', id: 'b@operator.example' }).incidentId;
    const { code } = row(b);
    merge(a, b);
    kit.clock.jump(1000);
    kit.letter({ subject: 'Re: B', inReplyTo: 'b@operator.example', references: ['b@operator.example'] });
    kit.letter({ subject: `По заявке ${code}` });
    expect(linksOf(kit.links, b).lettersSince).toBe(1);

    part(b);
    expect(kit.subjects(b)).toEqual(['B', 'Re: B']);
    expect(kit.subjects(a)).toEqual(['A', `По заявке ${code}`]);

    merge(a, b);
    kit.clock.jump(1000);
    kit.letter({ subject: `Ещё раз ${code}` });
    part(b, true);
    expect(kit.subjects(b)).toEqual(['B', 'Re: B', `По заявке ${code}`, `Ещё раз ${code}`]);
    expect(kit.subjects(a)).toEqual(['A']);
  });

  test('a letter that somebody moved on meanwhile stays where it was put', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((subject) => kit.letter({ subject })) as [
      { messageId: number; incidentId: number },
      { messageId: number; incidentId: number },
      { messageId: number; incidentId: number },
    ];
    merge(a.incidentId, b.incidentId);
    const moving = { messageId: b.messageId, incidentId: c.incidentId, why: 'hand', actor: null } as const;
    moveLetter(kit.desk, createMoveLetter(kit.desk), moving);

    part(b.incidentId);

    expect(kit.subjects(c.incidentId)).toEqual(['B', 'C']);
    expect(kit.subjects(b.incidentId)).toEqual([]);
  });

  test('each letter tells which incident it came with', () => {
    const [a, b] = [kit.letter({ subject: 'A' }).incidentId, kit.letter({ subject: 'B' })];
    merge(a, b.incidentId);

    const { conversationId } = kit.desk.views.find(b.messageId)!;
    expect(linksOf(kit.links, a).origins).toEqual([
      { conversationId, incidentId: b.incidentId, code: row(b.incidentId).code },
    ]);
  });
});
