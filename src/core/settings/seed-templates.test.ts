import { expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { seedReference } from './seed.ts';

const parts = (kit: ReturnType<typeof createCoreKit>) => ({ db: kit.db, reference: kit.stores.reference });

test('a desk of before gets the new templates, and the two it had keep the words somebody gave them', () => {
  const kit = createCoreKit();
  const { reference } = kit.stores;
  kit.db.transact((revision) => {
    reference.saveTemplate({ ...reference.template('accepted'), body: 'Наши слова' }, revision);
    kit.db.prepare("DELETE FROM template WHERE key NOT IN ('accepted', 'closed')").run();
  });

  seedReference(parts(kit));

  expect(reference.template('accepted').body).toBe('Наши слова');
  expect(reference.templates().map(({ key }) => key)).toEqual(
    expect.arrayContaining(['handover-emergency', 'handover-repair', 'closed-contractors', 'late-letter']),
  );
  expect(reference.template('handover-emergency')).toMatchObject({
    audience: 'emergency',
    thread: 'own',
    beginsWork: 'emergency',
    afterStatusId: kit.statusId('handed-over'),
  });
});

test('a template somebody removed does not come back with the next start, and drafts of it still open', () => {
  const kit = createCoreKit();
  const { reference } = kit.stores;
  kit.db.transact((revision) => reference.removeTemplate(reference.template('closed').id, 1, revision));

  seedReference(parts(kit));

  expect(reference.templates().map(({ key }) => key)).not.toContain('closed');
  expect(reference.template('closed').name).toBe('Работы завершены');
});
