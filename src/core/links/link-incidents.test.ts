import { beforeEach, expect, test } from 'vitest';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import type { LinkRole } from '../../shared/domain/link-kinds.ts';
import { completeIncident } from './complete-incident.ts';
import { addLink, removeLink } from './link-incidents.ts';
import { linksOf } from './link-pages.ts';

let kit: LinkKit;
beforeEach(() => {
  kit = createLinkKit();
});

const open = (subject: string) => kit.letter({ subject }).incidentId;
const add = (incidentId: number, otherId: number, role: LinkRole) =>
  addLink(kit.links, { incidentId, otherId, role }, kit.actor);
const seen = (id: number) => linksOf(kit.links, id).links.map(({ code, role }) => [role, code]);
const codeOf = (id: number) => kit.desk.incidents.require(id).code;

test.each([
  ['related', 'related'],
  ['duplicate', 'duplicate'],
  ['parent', 'subtask'],
  ['subtask', 'parent'],
  ['blocks', 'depends-on'],
  ['depends-on', 'blocks'],
] as const)(
  'what is %s here is named %s from the other side, and both histories tell it',
  (role, mirrored) => {
    const [a, b] = [open('A'), open('B')];

    add(a, b, role);

    expect(seen(a)).toEqual([[role, codeOf(b)]]);
    expect(seen(b)).toEqual([[mirrored, codeOf(a)]]);
    expect([kit.events(a).at(-1), kit.events(b).at(-1)]).toEqual(['incident.linked', 'incident.linked']);
  },
);

test('a link is taken back by the key, and put back by taking that back', () => {
  const [a, b] = [open('A'), open('B')];
  const { undo } = add(a, b, 'blocks');

  const undone = kit.takeBack(undo, kit.actor);
  expect(seen(a)).toEqual([]);

  kit.takeBack(undone.undo, kit.actor);
  expect(seen(a)).toEqual([['blocks', codeOf(b)]]);
});

test('a removed link comes back by the key', () => {
  const [a, b] = [open('A'), open('B')];
  add(a, b, 'duplicate');
  const { undo } = removeLink(kit.links, { incidentId: b, otherId: a, role: 'duplicate' }, kit.actor);
  expect(seen(a)).toEqual([]);

  kit.takeBack(undo, kit.actor);
  expect(seen(a)).toEqual([['duplicate', codeOf(b)]]);
});

test('the same link twice is one, and says nothing the second time', () => {
  const [a, b] = [open('A'), open('B')];
  add(a, b, 'related');

  expect(add(b, a, 'related')).toEqual({ undo: null });
  expect(seen(a)).toHaveLength(1);
});

test('nothing waits for itself: not directly, not through others, not through links of two kinds', () => {
  const [a, b, c] = [open('A'), open('B'), open('C')];
  const refused = (run: () => unknown, reason: string) =>
    expect(run).toThrow(expect.objectContaining({ details: expect.objectContaining({ reason }) }));

  refused(() => add(a, a, 'related'), 'link-self');
  add(a, b, 'subtask');
  refused(() => add(b, a, 'subtask'), 'link-cycle');
  add(b, c, 'depends-on');
  refused(() => add(c, a, 'subtask'), 'link-cycle');
  refused(() => add(c, a, 'depends-on'), 'link-cycle');
  add(c, a, 'related');
  expect(seen(c)).toHaveLength(2);
});

test('an incident has twenty-five links and no more', () => {
  const a = open('A');
  for (let count = 0; count < 25; count += 1) add(a, open(`B${count}`), 'related');

  expect(() => add(open('C'), a, 'related')).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({ reason: 'too-many-links', code: codeOf(a) }),
    }),
  );
});

test('an incident is found by its number, whole or begun, in any writing of the code, or by words of its title', () => {
  const [a, b] = [open('Нет питания на станции'), open('Открыт щит')];
  const found = (text: string) => completeIncident(kit.links, text, null).map(({ id }) => id);

  expect(found('1001')).toEqual([a]);
  expect(found('PLT-1002')).toEqual([b]);
  expect(found('100').toSorted((one, other) => one - other)).toEqual([a, b]);
  expect(found('щит')).toEqual([b]);
  expect(completeIncident(kit.links, '1001', a)).toEqual([]);
  expect(found('" OR *')).toEqual([]);
});
