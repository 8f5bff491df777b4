import { beforeEach, expect, test } from 'vitest';
import { toLinkRow, type LinkRole } from '../../shared/domain/link-kinds.ts';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { openBlockers } from './open-blockers.ts';

const blank = {
  description: '',
  applicantName: '',
  applicantPhone: '',
  applicantAddress: '',
  asset: '',
  typeId: null,
  assigneeId: null,
};

let kit: CoreKit;
beforeEach(() => {
  kit = createCoreKit();
});

function open(title: string): number {
  return kit.open({ ...blank, title }, null);
}

function link(id: number, otherId: number, role: LinkRole): void {
  kit.db.transact(() => {
    kit.desk.links.insert({ ...toLinkRow(id, otherId, role), createdBy: null, createdAt: 0 });
    return undefined;
  });
}

test('open subtasks and open dependencies stand in the way of closing, other links do not', () => {
  const [parent, subtask, dependency, related, blocked] = ['A', 'B', 'C', 'D', 'E'].map(open) as [
    number,
    number,
    number,
    number,
    number,
  ];
  link(parent, subtask, 'subtask');
  link(parent, dependency, 'depends-on');
  link(parent, related, 'related');
  link(parent, blocked, 'blocks');

  expect(openBlockers(kit.desk, parent)).toEqual([
    { id: subtask, code: kit.desk.incidents.require(subtask).code, why: 'subtask' },
    { id: dependency, code: kit.desk.incidents.require(dependency).code, why: 'dependency' },
  ]);
  expect(openBlockers(kit.desk, subtask)).toEqual([]);
});

test('what was merged stands in the way where its trouble lives on', () => {
  const [waiting, blocker, into, further] = ['A', 'B', 'C', 'D'].map(open) as [
    number,
    number,
    number,
    number,
  ];
  link(waiting, blocker, 'depends-on');
  const merge = (id: number, intoId: number) =>
    kit.db.transact((revision) =>
      kit.desk.incidents.save({
        ...kit.desk.incidents.require(id),
        mergedIntoId: intoId,
        finishedAt: 1,
        revision,
      }),
    );
  merge(blocker, into);
  merge(into, further);

  expect(openBlockers(kit.desk, waiting)).toEqual([
    { id: further, code: kit.desk.incidents.require(further).code, why: 'dependency' },
  ]);
});

test('what is finished, set aside, merged away or about to close by itself stands in nobody’s way', () => {
  const parent = open('A');
  const changes = [
    { finishedAt: 1 },
    { dismissedAt: 1 },
    { mergedIntoId: parent },
    { autoCloseAt: kit.clock.now() + 60_000 },
  ];
  for (const change of changes) {
    const subtask = open('B');
    link(parent, subtask, 'subtask');
    kit.desk.incidents.save({ ...kit.desk.incidents.require(subtask), ...change });
  }

  expect(openBlockers(kit.desk, parent)).toEqual([]);
});
