import { beforeEach, expect, test } from 'vitest';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import {
  listTemplates,
  removeTemplate,
  saveTemplate,
  type TemplateParts,
} from '../notify/notice-templates.ts';

let kit: UndoKit;
let parts: TemplateParts;
let anna: number;

beforeEach(() => {
  kit = createUndoKit();
  parts = { ...kit.desk, templates: kit.stores.notificationTemplates };
  anna = kit.addPerson('Анна');
});

const words = { name: 'Авария', title: '{{code}}', text: 'Нет питания' };
const names = () => listTemplates(parts).map(({ name, text }) => [name, text]);

test('a template has its old words again, is there again when it was removed, and a new one is gone', () => {
  const made = saveTemplate(parts, { id: null, ...words }, anna);
  const changed = saveTemplate(parts, { ...words, id: made.id, text: 'Всё горит' }, anna);
  const removed = removeTemplate(parts, made.id, anna);
  expect(names()).toEqual([]);

  kit.takeBack(removed.undo, anna);
  expect(names()).toEqual([['Авария', 'Всё горит']]);
  expect(() => kit.takeBack(made.undo, anna)).toThrow(
    expect.objectContaining({ details: { reason: 'changed-since' } }),
  );
  kit.takeBack(changed.undo, anna);
  expect(names()).toEqual([['Авария', 'Нет питания']]);
  kit.takeBack(made.undo, anna);

  expect(names()).toEqual([]);
});

test('what the desk itself writes by can be changed and not removed', () => {
  const id = kit.db.transact((revision) =>
    kit.stores.notificationTemplates.insert({
      uuid: 'own',
      key: 'call',
      ...words,
      position: 0,
      active: 1,
      revision,
    }),
  );

  expect(() => removeTemplate(parts, id, anna)).toThrow(
    expect.objectContaining({ details: { reason: 'template-automatic' } }),
  );
  expect(saveTemplate(parts, { ...words, id, text: 'Иначе' }, anna).id).toBe(id);
});
