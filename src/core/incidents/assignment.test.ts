import { beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit, startOfTest } from '../../../test/support/core-kit.ts';
import { openFromLetter } from './open-incident.ts';

let kit: CoreKit;
let accountId: number;

beforeEach(() => {
  kit = createCoreKit();
  accountId = kit.addAccount();
});

const open = () =>
  openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: '', address: 'noc@operator.example' },
    registeredAt: startOfTest,
    channel: 'mail',
    accountId,
  }).id;

test('an incident is opened and given away in one transaction, and the journal says to whom and why', () => {
  const busy = kit.addPerson('Орлова');
  const first = open();
  const free = kit.addPerson('Лугов');
  const before = kit.db.revision();

  const second = open();

  expect(kit.db.revision()).toBe(before + 1);
  expect([first, second].map((id) => kit.desk.incidents.require(id).assigneeId)).toEqual([busy, free]);
  const entry = kit.desk.journal
    .ofSubject('incident', second)
    .find(({ kind }) => kind === 'incident.assigned');
  expect(JSON.parse(entry?.payload ?? '{}')).toMatchObject({
    from: null,
    to: free,
    why: 'least-busy',
    load: 0,
  });
});

test('when the decision cannot be written down there is no incident either', () => {
  kit.addPerson('Орлова');
  const { journal } = kit.desk;
  const failing = {
    ...kit.desk,
    journal: {
      ...journal,
      append(entry: Parameters<typeof journal.append>[0]) {
        if (entry.kind === 'incident.assigned') throw new Error('no room');
        return journal.append(entry);
      },
    },
  };

  expect(() =>
    openFromLetter(failing, {
      title: 'Нет питания',
      applicant: { name: '', address: 'noc@operator.example' },
      registeredAt: startOfTest,
      channel: 'mail',
      accountId,
    }),
  ).toThrow('no room');

  expect(kit.db.prepare('SELECT count(*) FROM incident').pluck().get()).toBe(0);
});
