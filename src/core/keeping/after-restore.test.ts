import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { createLetterOutcomes } from '../letters/letter-outcomes.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { changeFeed } from '../rpc/change-feed.ts';
import { afterRestore } from './after-restore.ts';
import { createStartNotes, type StartNotes } from './start-notes.ts';

let kit: CoreKit;
let person: number;
let incidentId: number;
let startNotes: StartNotes;

const call = {
  title: 'Нет питания',
  description: '',
  applicantName: '',
  applicantPhone: '',
  applicantAddress: 'noc@operator.example',
  asset: '',
  typeId: null,
  assigneeId: null,
};

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  kit.addAccount();
  incidentId = kit.open(call, person);
  startNotes = createStartNotes();
});

const restore = (why: 'chosen' | 'damaged' = 'damaged') =>
  afterRestore(
    { desk: kit.desk, startNotes, wake: () => {}, onUnknown: createLetterOutcomes(kit.desk).unknown },
    { restored: { name: 'pult-1.db', why }, unclean: true, setAside: 'pult.db.1.aside' },
  );
const seen = (number: number) => kit.db.transact(() => createIncidentDesk(kit.desk).numberSeen(number));
const nextCode = () => kit.desk.incidents.require(kit.open(call, person)).code;

describe('after a restore', () => {
  test('a letter that may have left meanwhile is not sent again but shown to a person', () => {
    const begun = { incidentId, mode: 'new', sourceId: null, templateKey: null } as const;
    const { outboxId } = sendLetter(kit.desk, beginDraft(kit.desk, begun, person).id, false, person);

    restore();

    expect(kit.stores.outbox.require(outboxId)).toMatchObject({ state: 'unknown', errorCode: 'restored' });
    expect(kit.desk.journal.ofSubject('incident', incidentId).at(-1)?.kind).toBe('incident.letter-unknown');
    expect(startNotes.list()).toMatchObject([
      { code: 'restored-after-damage', facts: { unknownLetters: 1, setAside: 'pult.db.1.aside' } },
    ]);
  });

  test('codes keep clear of a thousand that may have been given since the backup', () => {
    restore();

    expect(nextCode()).toBe('PLT-2002');
  });

  test('codes keep clear of the highest that a letter shows, even beyond that', () => {
    restore();

    seen(5400);
    seen(1500);

    expect(nextCode()).toBe('PLT-5401');
  });

  test('a forged code does not use up the numbers', () => {
    restore();

    seen(999_999_999);

    expect(nextCode()).toBe('PLT-2002');
  });

  test('a page that saw the lost future reloads everything, whatever has happened since', async () => {
    const seenBefore = kit.db.revision() + 5;
    restore('chosen');
    for (let index = 0; index < 10; index += 1) kit.open(call, person);

    const stop = new AbortController();
    const feed = changeFeed(
      { ...kit.desk, changedChats: kit.stores.chats.changedAfter },
      seenBefore,
      stop.signal,
    )[Symbol.asyncIterator]();
    const { value } = await feed.next();
    stop.abort();
    await feed.return?.();

    expect(value).toMatchObject({ reset: true, revision: kit.db.revision() });
  });
});

test('without a restore a code in a letter moves nothing', () => {
  seen(5400);

  expect(nextCode()).toBe('PLT-1002');
});

test('an unclean stop that lost nothing is told and changes nothing', () => {
  const before = kit.db.revision();

  afterRestore(
    { desk: kit.desk, startNotes, wake: () => {}, onUnknown: () => {} },
    { restored: undefined, unclean: true, setAside: undefined },
  );

  expect([startNotes.list(), kit.db.revision()]).toEqual([[{ code: 'unclean-stop', facts: {} }], before]);
});
