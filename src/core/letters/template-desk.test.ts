import { beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { toAppError } from '../../shared/errors.ts';
import type { Template } from '../../shared/contract/templates.ts';
import {
  orderTemplates,
  previewTemplate,
  removeTemplate,
  saveTemplate,
  templateFacts,
} from './template-desk.ts';

let kit: CoreKit;
let person: number;
let incidentId: number;

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  kit.addAccount();
  incidentId = kit.open(
    {
      title: 'Нет питания',
      description: '',
      applicantName: 'Ким',
      applicantPhone: '',
      applicantAddress: 'noc@operator.example',
      asset: '',
      typeId: null,
      assigneeId: null,
    },
    person,
  );
});

const keys = () => kit.stores.reference.templates().map(({ key }) => key);
const written = (over: Partial<Template> = {}) => {
  const {
    id: _id,
    key: _key,
    position: _position,
    automatic: _automatic,
    ...rest
  } = {
    ...kit.stores.reference.template('accepted'),
    ...over,
  };
  return rest;
};

test('an own template is added at the end, changed and removed, each with its way back in the journal', () => {
  const { id, undo } = saveTemplate(kit.desk, { id: null, ...written({ name: 'Наш' }) }, person);
  expect(keys().at(-1)).toMatch(/^own-\d+$/);
  expect(undo).not.toBeNull();

  saveTemplate(kit.desk, { id, ...written({ name: 'Наш', body: 'Иначе' }) }, person);
  expect(kit.stores.reference.templates().at(-1)).toMatchObject({ name: 'Наш', body: 'Иначе' });
  const key = keys().at(-1);

  removeTemplate(kit.desk, id, person);
  expect(keys()).not.toContain(key);
  // What undo writes is the row as the journal kept it: with it the template is there again.
  kit.db.transact((revision) => {
    kit.stores.reference.saveTemplate(kit.stores.reference.template(key ?? ''), revision);
  });
  expect(keys()).toContain(key);
});

test('the key of a removed template is never given again', () => {
  const first = saveTemplate(kit.desk, { id: null, ...written() }, person).id;
  const before = keys().at(-1);
  removeTemplate(kit.desk, first, person);

  saveTemplate(kit.desk, { id: null, ...written() }, person);

  expect(keys().at(-1)).not.toBe(before);
});

test('templates stand in the order somebody gave them, those not named behind', () => {
  const [a, b, ...rest] = kit.stores.reference.templates();

  orderTemplates(kit.desk, [b!.id, a!.id], person);

  expect(keys()).toEqual([b!.key, a!.key, ...rest.map(({ key }) => key)]);
});

test('the answer Pult itself sends can be edited, not removed', () => {
  const { id } = kit.stores.reference.template('late-letter');
  let reason: string | undefined;
  try {
    removeTemplate(kit.desk, id, person);
  } catch (thrown) {
    reason = toAppError(thrown).reason;
  }

  expect(reason).toBe('template-automatic');
});

test('the preview is the letter as it would begin, and writes nothing', () => {
  const input = { incidentId, subject: '{{title}}', body: 'Код {{code}}\nТип: {{type}}\n{{nobody}}' };

  const shown = previewTemplate(kit.desk, { ...input, audience: 'applicant', thread: 'first' }, person);

  expect(shown).toEqual({
    subject: 'PLT-1001: Нет питания',
    body: 'Код PLT-1001\n{{nobody}}',
    to: [{ name: 'Ким', address: 'noc@operator.example' }],
    cc: [],
    unknown: ['nobody'],
  });
  expect(kit.stores.drafts.ofPerson(person)).toEqual([]);
});

test.each([
  ['', 'PLT-1001'],
  ['plt-1001', 'PLT-1001'],
  ['1001', 'PLT-1001'],
  ['PLT-9999', undefined],
])('facts are shown on the incident meant by "%s"', (code, expected) => {
  expect(templateFacts(kit.desk, code, person).incident?.code).toBe(expected);
});
