import { expect, test } from 'vitest';
import { previewTemplate, unknownFacts } from './template-preview.ts';

const facts = {
  code: 'PLT-1042',
  title: '',
  type: '',
  asset: '',
  registeredAt: '',
  dueAt: '',
  applicant: '',
  dispatcher: 'Орлова',
};

test('known facts are filled in and an unknown one stays to be seen', () => {
  expect(previewTemplate('{{code}}: {{dispatcher}} {{nope}}', facts)).toBe('PLT-1042: Орлова {{nope}}');
});

test('an unknown fact is named once', () => {
  expect(unknownFacts('{{code}} {{nope}} {{nope}}')).toEqual(['nope']);
});
