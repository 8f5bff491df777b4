import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import { queueFilter } from '../../shared/contract/incidents.ts';
import { letterJoined } from '../incidents/letter-joined.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import { markRead } from '../incidents/reading.ts';
import { createSearch } from '../search/search.ts';
import { addNote, editNote, removeNote } from './notes.ts';
import { setFavourites, setReading } from './personal.ts';

let kit: UndoKit;
let anna: number;
let igor: number;

beforeEach(() => {
  kit = createUndoKit();
  anna = kit.addPerson('Орлова Анна');
  igor = kit.addPerson('Зуев Игорь');
});

const opened = () =>
  openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: 'Диспетчер', address: 'noc@operator.example' },
    registeredAt: kit.clock.now(),
    channel: 'mail',
    accountId: 1,
  }).id;
const joins = (id: number, more: Partial<Parameters<typeof letterJoined>[1]> = {}) =>
  letterJoined(kit.desk, {
    incidentId: id,
    messageId: 1,
    direction: 'in',
    opening: false,
    automatic: false,
    receivedAt: kit.clock.now(),
    by: 'references',
    ...more,
  });
const texts = (id: number) => kit.desk.notes.ofIncident(id).map(({ text }) => text);
const unread = (id: number, personId: number) => kit.stores.query.rows([id], personId)[0]?.unread;
const found = (text: string) =>
  createSearch({ store: kit.stores.search, codePrefix: () => 'PLT' })
    .find({ text, condition: undefined, limit: 10 })
    .map(({ code, snippet }) => ({ code, snippet }));

describe('a note', () => {
  test('stands in the order it was written and takes the place of its draft', () => {
    const id = opened();
    kit.db.transact(() => kit.desk.notes.saveDraft({ personId: anna, incidentId: id }, 'Звонил в', 1));

    addNote(kit.desk, { incidentId: id, text: 'Звонил в РЭС' }, anna);
    kit.clock.jump(1000);
    addNote(kit.desk, { incidentId: id, text: 'Бригада выехала' }, igor);

    expect(texts(id)).toEqual(['Звонил в РЭС', 'Бригада выехала']);
    expect(kit.desk.notes.draft(anna, id)).toBe('');
  });

  test('is found by its words until it is removed, and again when that is taken back', () => {
    const id = opened();
    const { id: noteId } = addNote(kit.desk, { incidentId: id, text: 'ключи у сторожа' }, anna);
    const byWord = () => found('сторожа').map(({ code }) => code);
    expect(found('сторожа')).toEqual([{ code: 'PLT-1001', snippet: 'ключи у сторожа' }]);

    const { undo: removal } = removeNote(kit.desk, noteId, anna);
    expect(byWord()).toEqual([]);

    kit.takeBack(removal, anna);
    expect(byWord()).toEqual(['PLT-1001']);
  });

  test('is changed and removed by its author alone', () => {
    const id = opened();
    const { id: noteId } = addNote(kit.desk, { incidentId: id, text: 'Моя' }, anna);

    expect(() => editNote(kit.desk, { id: noteId, text: 'Чужая' }, igor)).toThrow(
      expect.objectContaining({ code: 'denied', details: { reason: 'note-of-another' } }),
    );
    expect(() => removeNote(kit.desk, noteId, igor)).toThrow(expect.objectContaining({ code: 'denied' }));
    expect(texts(id)).toEqual(['Моя']);
  });

  test('says again what it said before each change, and after undo of the undo what it said last', () => {
    const id = opened();
    const { id: noteId } = addNote(kit.desk, { incidentId: id, text: 'раз' }, anna);
    editNote(kit.desk, { id: noteId, text: 'два' }, anna);
    const { undo: last } = editNote(kit.desk, { id: noteId, text: 'три' }, anna);

    const back = kit.takeBack(last, anna);
    expect(texts(id)).toEqual(['два']);

    kit.takeBack(back.undo, anna);
    expect(texts(id)).toEqual(['три']);
  });

  test('keeps its words out of the journal', () => {
    const id = opened();
    const { id: noteId } = addNote(kit.desk, { incidentId: id, text: 'тайное слово' }, anna);
    editNote(kit.desk, { id: noteId, text: 'другое слово' }, anna);

    const told = kit.desk.journal.ofSubject('incident', id).map(({ payload }) => payload);
    expect(told.join('')).not.toContain('слово');
  });
});

describe('whoever is named in a note', () => {
  test('hears it alone and finds the incident unread', () => {
    const id = opened();
    markRead(kit.desk, id, igor);
    markRead(kit.desk, id, anna);
    kit.desk.alarms.acknowledge(id, anna, kit.clock.now(), 1);

    addNote(kit.desk, { incidentId: id, text: '@Зуев Игорь, посмотри' }, anna);

    const heard = (person: number) => kit.desk.alarms.sounding(person).map(({ kind }) => kind);
    expect([heard(igor), heard(anna)]).toEqual([['mention'], []]);
    expect([unread(id, igor), unread(id, anna)]).toEqual([true, false]);
    const sounds = (person: number) => kit.stores.query.rows([id], person)[0]?.alarms;
    expect([sounds(igor), sounds(anna)]).toEqual([['mention'], []]);
  });

  test('is called by an edit only when it names somebody new', () => {
    const id = opened();
    const { id: noteId } = addNote(kit.desk, { incidentId: id, text: '@Зуев' }, anna);
    markRead(kit.desk, id, igor);

    editNote(kit.desk, { id: noteId, text: '@Зуев, уже не надо' }, anna);

    expect(unread(id, igor)).toBe(false);
  });
});

describe('reading', () => {
  test('is of each dispatcher, and a new letter is unread for everybody again', () => {
    const id = opened();
    expect([unread(id, anna), unread(id, igor)]).toEqual([true, true]);

    markRead(kit.desk, id, anna);
    expect([unread(id, anna), unread(id, igor)]).toEqual([false, true]);
    expect(kit.desk.personal.readers(id)).toEqual([anna]);

    joins(id);
    expect([unread(id, anna), unread(id, igor)]).toEqual([true, true]);
    expect(kit.desk.personal.readers(id)).toEqual([]);
  });

  test('is not undone by an answer, by a machine, or by what we sent', () => {
    const id = opened();
    markRead(kit.desk, id, anna);

    joins(id, { automatic: true });
    joins(id, { direction: 'out' });

    expect(unread(id, anna)).toBe(false);
  });

  test('misses no letter when the wall clock is set back', () => {
    const id = opened();
    kit.clock.jump(60_000);
    markRead(kit.desk, id, anna);
    kit.clock.jump(-3_600_000);

    joins(id);

    expect(unread(id, anna)).toBe(true);
  });

  test('is counted and filtered for whoever asks', () => {
    const [first, second] = [opened(), opened()];
    markRead(kit.desk, first, anna);

    const filter = queueFilter.parse({ unread: true });
    const sort = { key: 'urgency', descending: false } as const;
    const shown = (personId: number) =>
      kit.stores.query
        .page({ filter, sort, offset: 0, limit: 10, now: kit.clock.now(), personId })
        .rows.map(({ id }) => id);
    expect([shown(anna), shown(igor)]).toEqual([[second], [first, second]]);
    expect(kit.stores.query.counts(anna, kit.clock.now()).unread).toBe(1);
    expect(kit.stores.query.counts(igor, kit.clock.now()).unread).toBe(2);
  });

  test('outlives a restart', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pult-reading-'));
    const file = join(folder, 'pult.db');
    const before = createCoreKit(file);
    const reader = before.addPerson('Ким');
    const { id } = openFromLetter(before.desk, {
      title: 'Щит',
      applicant: { name: '', address: 'noc@operator.example' },
      registeredAt: before.clock.now(),
      channel: 'mail',
      accountId: 1,
    });
    const other = before.addPerson('Зуева');
    markRead(before.desk, id, reader);
    setFavourites(before.desk, [id], 'important', reader);
    before.db.close();

    const after = createCoreKit(file, 2);
    const seen = (personId: number) => {
      const [row] = after.stores.query.rows([id], personId);
      return [row?.unread, row?.favourite];
    };
    expect([seen(reader), seen(other)]).toEqual([
      [false, 'important'],
      [true, null],
    ]);
    after.db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('of the days when it was everybody’s makes nothing unread that had been read', () => {
    const [unreadBefore, readBefore] = [opened(), opened()];
    // As migration 0008 leaves incidents of an older version.
    const set = kit.db.connection.prepare('UPDATE incident SET last_inbound_at = ? WHERE id = ?');
    set.run(kit.clock.now(), unreadBefore);
    set.run(null, readBefore);

    expect([unread(unreadBefore, anna), unread(readBefore, anna)]).toEqual([true, false]);
  });

  test('by hand is taken back and put back', () => {
    const id = opened();
    const { undo: read } = setReading(kit.desk, [id], true, anna);
    expect(unread(id, anna)).toBe(false);

    const back = kit.takeBack(read, anna);
    expect(unread(id, anna)).toBe(true);

    kit.takeBack(back.undo, anna);
    expect(unread(id, anna)).toBe(false);
  });
});

describe('a star', () => {
  test('is seen and filtered by its owner alone, and no history tells of it', () => {
    const id = opened();
    const before = kit.desk.journal.ofSubject('incident', id).length;
    setFavourites(kit.desk, [id], 'important', anna);

    const star = (personId: number) => kit.stores.query.rows([id], personId)[0]?.favourite;
    expect([star(anna), star(igor)]).toEqual(['important', null]);
    expect(kit.desk.journal.ofSubject('incident', id)).toHaveLength(before);
    const sort = { key: 'urgency', descending: false } as const;
    const total = (personId: number, favourites: ('important' | 'normal' | null)[]) =>
      kit.stores.query.page({
        filter: queueFilter.parse({ favourites }),
        sort,
        offset: 0,
        limit: 10,
        now: 0,
        personId,
      }).total;
    expect([total(anna, ['important']), total(igor, ['important'])]).toEqual([1, 0]);
    expect([total(anna, [null]), total(igor, [null]), total(anna, ['important', null])]).toEqual([0, 1, 1]);
  });

  test('cannot be taken back by somebody else', () => {
    const id = opened();
    const { undo: star } = setFavourites(kit.desk, [id], 'normal', anna);

    expect(() => kit.takeBack(star, igor)).toThrow(expect.objectContaining({ code: 'denied' }));
    kit.takeBack(star, anna);
    expect(kit.desk.personal.favourite(anna, id)).toBeNull();
  });
});
