import { beforeEach, describe, expect, test } from 'vitest';
import { blankAsset } from '../../../test/support/asset-kit.ts';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import { queueFilter } from '../../shared/contract/incidents.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { assign, edit, setStatus, setType } from '../incidents/change-incident.ts';
import { undo, whyNotUndo } from '../incidents/undo.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { createQuarantine } from '../mail/quarantine.ts';
import { savePerson, saveRoster } from '../people/people.ts';
import { withUndo } from '../rpc/handlers/undo.ts';
import { rowsOf } from './reference-rows.ts';
import { createTakeBackOther } from './take-back-other.ts';
import { removeView, saveView } from './views.ts';

let kit: UndoKit;
let anna: number;
let igor: number;

beforeEach(() => {
  kit = createUndoKit();
  anna = kit.addPerson('Орлова Анна');
  igor = kit.addPerson('Зуев Игорь');
});

const opened = () =>
  kit.open(
    {
      title: 'Щит',
      description: '',
      applicantName: '',
      applicantPhone: '',
      applicantAddress: '',
      asset: '',
      typeId: null,
      assigneeId: anna,
    },
    anna,
  );
const now = (id: number) => ({ id, expected: kit.db.revision() });
const at = (id: number) => kit.desk.incidents.require(id);
/** What a handler answers: the entry that takes it back. */
const did = (run: () => unknown) =>
  withUndo(kit.desk, () => {
    run();
    return {};
  }).undo;

describe('what was taken back is put back', () => {
  test.each([
    [
      'a status',
      (id: number) => setStatus(kit.desk, { ...now(id), statusId: kit.statusId('in-progress') }, anna),
    ],
    ['a type', (id: number) => setType(kit.desk, { ...now(id), typeId: kit.typeId('power-moscow') }, anna)],
    ['an assignment', (id: number) => assign(kit.desk, { ...now(id), personId: igor }, anna)],
    ['a correction', (id: number) => edit(kit.desk, { ...now(id), title: 'Дверь', priority: 'high' }, anna)],
  ] as const)('%s', (_, change) => {
    const id = opened();
    const stripped = () => {
      const { revision: _r, decidedRevision: _d, urgencyAt: _u, ...rest } = at(id);
      return rest;
    };
    const before = stripped();
    const { undo } = change(id);
    const after = stripped();
    expect(after).not.toEqual(before);

    const back = kit.takeBack(undo, anna);
    expect(stripped()).toEqual(before);

    const again = kit.takeBack(back.undo, anna);
    expect(stripped()).toEqual(after);

    kit.takeBack(again.undo, anna);
    expect(stripped()).toEqual(before);
  });

  test('an asset that was bound', () => {
    const id = opened();
    const assetId = kit.registry.save({ ...blankAsset, code: '41208-P-52-1-1' }, anna);
    const bound = () => kit.desk.incidentAssets.view(id).map(({ state }) => state);

    const back = kit.takeBack(bindAsset(kit.desk, { incidentId: id, assetId }, anna).undo, anna);
    expect([bound(), at(id).asset]).toEqual([[], '']);

    kit.takeBack(back.undo, anna);
    expect([bound(), at(id).asset]).toEqual([['bound'], '41208-P-52-1-1']);
  });
});

describe('before it is asked for', () => {
  test('it is known what can be taken back and why not, and the asking changes nothing', () => {
    const id = opened();
    const first = assign(kit.desk, { ...now(id), personId: igor }, anna).undo!;
    const second = assign(kit.desk, { ...now(id), personId: null }, anna).undo!;
    const before = [kit.db.revision(), kit.desk.journal.lastSequence(), at(id)];

    const why = (sequence: number) => whyNotUndo(kit.undoParts, sequence, anna);
    const opening = kit.desk.journal.ofSubject('incident', id)[0]!.sequence;
    expect([why(first), why(second), why(opening)]).toEqual(['changed-since', null, 'not-undoable']);
    expect([kit.db.revision(), kit.desk.journal.lastSequence(), at(id)]).toEqual(before);
  });
});

describe('beside incidents', () => {
  test('a person is as before, a new one is put out of work', () => {
    const saved = {
      name: 'Орлова Анна',
      role: 'dispatcher',
      email: 'a@desk.example',
      phone: '',
      active: true,
    } as const;
    const change = did(() => savePerson(kit.desk, { ...saved, id: anna, email: 'b@desk.example' }, igor));
    const back = kit.takeBack(change, igor);
    expect(kit.desk.people.require(anna).email).toBe('');
    kit.takeBack(back.undo, igor);
    expect(kit.desk.people.require(anna).email).toBe('b@desk.example');

    let fresh = 0;
    const added = did(() => {
      fresh = savePerson(kit.desk, { ...saved, name: 'Новая' }, igor);
    });
    kit.takeBack(added, igor);
    expect(kit.desk.people.require(fresh).active).toBe(0);
  });

  test('a roster is as before, unless somebody changed it since', () => {
    const line = { weekdays: 31, startsMinute: 480, endsMinute: 1200, zone: 'Europe/Moscow' };
    const first = did(() => saveRoster(kit.desk, anna, [line], igor));
    const second = did(() => saveRoster(kit.desk, anna, [{ ...line, weekdays: 1 }], igor));

    expect(() => kit.takeBack(first, igor)).toThrow(
      expect.objectContaining({ details: { reason: 'changed-since' } }),
    );
    kit.takeBack(second, igor);
    kit.takeBack(first, igor);
    expect(kit.desk.people.rules()).toEqual([]);
  });

  test('a rule of what is no incident comes and goes', () => {
    const rule = { field: 'sender', value: 'spam@list.example', active: true } as const;
    const values = () => kit.rules.all().map(({ value, active }) => `${value} ${active}`);
    const added = did(() => kit.rules.add(rule, anna));
    const back = kit.takeBack(added, anna);
    expect(values()).toEqual([]);
    kit.takeBack(back.undo, anna);
    expect(values()).toEqual(['spam@list.example true']);

    const [{ id } = { id: 0 }] = kit.rules.all();
    const off = did(() => kit.rules.change(id, { ...rule, active: false }, anna));
    kit.takeBack(off, anna);
    expect(values()).toEqual(['spam@list.example true']);
    kit.takeBack(
      did(() => kit.rules.remove(id, anna)),
      anna,
    );
    expect(values()).toEqual(['spam@list.example true']);
  });

  test('a row of the lists is as before, a new one is put out of use', () => {
    const { reference } = kit.stores;
    const save = (type: Parameters<typeof reference.saveType>[0]) =>
      kit.db.transact((revision) => {
        const before = rowsOf(reference, 'type');
        const id = reference.saveType(type, revision);
        const undo = kit.desk.journal.append({
          kind: 'reference.saved',
          subject: 'reference',
          subjectId: id,
          actorId: anna,
          facts: {
            list: 'type',
            key: type.key,
            before: before.get(id) ?? null,
            after: rowsOf(reference, 'type').get(id) ?? null,
          },
        });
        return { id, undo };
      });
    const [first] = reference.types();
    const renamed = save({ ...first!, name: 'Иначе' });
    const back = kit.takeBack(renamed.undo, anna);
    expect(reference.type(first!.id).name).toBe(first!.name);
    kit.takeBack(back.undo, anna);
    expect(reference.type(first!.id).name).toBe('Иначе');

    const fresh = save({ ...first!, id: null, key: 'fresh', name: 'Новый' });
    kit.takeBack(fresh.undo, anna);
    expect(reference.type(fresh.id).active).toBe(false);
  });

  test('a letter that waits is a draft again, one that has left says so', () => {
    kit.addAccount();
    const id = kit.open(
      {
        title: 'Щит',
        description: '',
        applicantName: '',
        applicantPhone: '',
        applicantAddress: 'noc@operator.example',
        asset: '',
        typeId: null,
        assigneeId: anna,
      },
      anna,
    );
    const queued = () => {
      const draft = beginDraft(
        kit.desk,
        { incidentId: id, mode: 'new', sourceId: null, templateKey: null },
        anna,
      );
      const { outboxId } = sendLetter(kit.desk, draft.id, true, anna);
      const entry = kit.desk.journal
        .ofSubject('incident', id)
        .findLast(({ kind }) => kind === 'incident.letter-queued');
      return { outboxId, sequence: entry!.sequence };
    };
    const first = queued();
    expect(kit.desk.drafts.ofPerson(anna)).toHaveLength(0);
    kit.takeBack(first.sequence, anna);
    expect(kit.desk.drafts.ofPerson(anna)).toHaveLength(1);

    const second = queued();
    kit.db.transact((revision) =>
      kit.stores.outbox.save({ ...kit.stores.outbox.require(second.outboxId), state: 'accepted', revision }),
    );
    expect(whyNotUndo(kit.undoParts, second.sequence, anna)).toBe('already-leaving');
  });

  test('a letter let go from quarantine is on its list again', () => {
    const accountId = kit.addAccount('held@towers.example');
    const { raw } = kit.stores;
    const rawId = kit.db.transact((revision) => {
      const folderId = raw.insertFolder({
        accountId,
        role: 'inbox',
        path: 'INBOX',
        uidvalidity: '1',
        lastUid: 0,
      });
      const at = kit.clock.now();
      const why = { state: 'quarantined', reason: 'parse-failed', detail: null } as const;
      const letter = { accountId, folderId, uidvalidity: '1', uid: 1, sha256: 'a'.repeat(64), size: 1 };
      return raw.insert({ ...letter, ...why, receivedAt: at, storedAt: at, revision })!;
    });
    const quarantine = createQuarantine({
      db: kit.db,
      raw,
      files: {} as never,
      intake: {} as never,
      journal: kit.desk.journal,
      attachmentsDir: '',
      onRetry: () => {},
    });
    const sequence = did(() => quarantine.release(rawId, anna))!;
    expect(raw.quarantined(10)).toHaveLength(0);

    const { desk, rules, settings, registry: assets, chats, stores, reach, notices } = kit;
    const { holdAgain } = quarantine;
    const takeBackOther = createTakeBackOther({
      desk,
      rules,
      settings,
      assets,
      chats,
      views: stores.saved,
      technicians: { ...desk, technicians: stores.technicians, onCall: stores.onCall },
      reach,
      notices,
      holdAgain,
      bindings: { again: () => {}, remove: () => {} },
      calls: { mark: () => {}, contractor: () => {} },
    });
    const parts = { ...kit.undoParts, takeBackOther };
    undo(parts, sequence, anna);
    expect(raw.quarantined(10).map(({ id }) => id)).toEqual([rawId]);
    expect(() => undo(parts, sequence, anna)).toThrow(
      expect.objectContaining({ details: { reason: 'changed-since' } }),
    );
  });

  test('settings go back only where they were changed', () => {
    const first = did(() => kit.settings.save({ undoSeconds: 30 }, anna));
    kit.settings.save({ alarmAfterSeconds: 5 }, anna);

    kit.takeBack(first, anna);

    expect(kit.settings.get()).toMatchObject({ undoSeconds: 10, alarmAfterSeconds: 5 });
  });

  test('a saved view is as before, and a deleted one is there again', () => {
    const parts = { desk: kit.desk, views: kit.stores.saved };
    const view = {
      id: null,
      shared: true,
      name: 'Ночные',
      filter: queueFilter.parse({}),
      sort: { key: 'urgency', descending: false },
    } as const;
    const names = () => kit.stores.saved.list(anna).map(({ name }) => name);
    const told: string[] = [];
    kit.db.onCommit(({ kinds }) => told.push(...kinds.keys()));
    const { id } = kit.db.transact((revision) => saveView(parts, view, anna, revision));
    // Every page that is open learns of it.
    expect(told).toContain('view');
    const renamed = kit.db.transact((revision) =>
      saveView(parts, { ...view, id, name: 'Дневные' }, anna, revision),
    );
    kit.takeBack(renamed.undo, igor);
    expect(names()).toEqual(['Ночные']);

    const { undo } = removeView(parts, id, anna);
    expect(names()).toEqual([]);
    kit.takeBack(undo, igor);
    expect(names()).toEqual(['Ночные']);
  });

  test('an asset entered by hand is as before, a new one is gone', () => {
    let id = 0;
    const added = did(() => {
      id = kit.registry.save({ ...blankAsset, code: '41208-P-52-1-1', name: 'Опора' }, anna);
    });
    const changed = did(() =>
      kit.registry.save({ ...blankAsset, id, code: '41208-P-52-1-1', name: 'Мачта', aliases: ['M1'] }, anna),
    );
    kit.takeBack(changed, anna);
    expect(kit.desk.assets.require(id).name).toBe('Опора');
    expect(kit.desk.assets.aliases(id)).toEqual([]);
    kit.takeBack(added, anna);
    expect(kit.desk.assets.require(id).goneAt).not.toBeNull();
  });

  test('a contact and whose chat it is are as before', () => {
    const chat = kit.chat('Бригада');
    const blank = {
      kind: 'contractor',
      organisation: '',
      phone: '',
      email: '',
      note: '',
      active: true,
    } as const;
    const contactId = kit.chats.saveContact({ ...blank, name: 'Север' }, anna);
    const renamed = did(() => kit.chats.saveContact({ ...blank, id: contactId, name: 'Юг' }, anna));
    kit.takeBack(renamed, anna);
    expect(kit.chats.findContacts('').map(({ name }) => name)).toEqual(['Север']);

    const set = did(() => kit.chats.setContact({ chatId: chat.id, contactId }, anna));
    kit.takeBack(set, anna);
    expect(kit.chats.contactOf(chat.id)).toBeNull();
  });

  test('a rule of a chat comes and goes', () => {
    const chat = kit.chat('Бригада');
    const rule = { chatId: chat.id, kind: 'keyword', value: 'авария', typeId: null, active: true } as const;
    let id = 0;
    const added = did(() => {
      id = kit.chats.saveRule(rule, anna);
    });
    const back = kit.takeBack(added, anna);
    expect(kit.chats.rule(id)).toBeUndefined();
    kit.takeBack(back.undo, anna);
    const rules = kit.chats.open(chat.id, anna).rules;
    expect(rules.map(({ value }) => value)).toEqual(['авария']);
  });

  test('an entry of an older version, which lacks what was before, says that it cannot be', () => {
    const sequence = kit.db.transact(() =>
      kit.desk.journal.append({
        kind: 'setting.saved',
        subject: 'setting',
        subjectId: 0,
        actorId: anna,
        facts: { keys: ['zone'] },
      }),
    );

    expect(() => kit.takeBack(sequence, anna)).toThrow(
      expect.objectContaining({ code: 'conflict', details: { reason: 'not-undoable' } }),
    );
  });
});
