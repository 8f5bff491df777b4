import { expect, test } from 'vitest';
import { routeKindNames } from '../../../../shared/domain/route-kinds.ts';
import { freshForm, missingOf, problemsOf, specOf, toMoney, toMoneyText, toSetup } from './route-form.ts';

test.each(routeKindNames)('a fresh form of %s is a whole setup', (kind) => {
  const form = freshForm(kind, 'Новый');
  expect([...problemsOf(form)]).toEqual([]);
  const setup = toSetup(form);
  expect(setup).toMatchObject({ kind, name: 'Новый', price: 0, dailyLimit: null });
  const secret = specOf(kind).fields.filter((field) => field.secret);
  for (const { name } of secret) expect(setup.settings).not.toHaveProperty(name);
});

test('a secret that is kept is not missing; one that is emptied is', () => {
  const form = freshForm('smsaero', 'СМС');
  expect([...missingOf(form, ['apiKey'])]).toEqual(['login']);
  expect([...missingOf({ ...form, secrets: { apiKey: '' } }, ['apiKey'])]).toEqual(['login', 'apiKey']);
});

test.each([
  ['3,50', 350],
  ['3.5', 350],
  ['500', 50_000],
  ['0', 0],
  ['', undefined],
  ['3,505', undefined],
  ['-1', undefined],
  ['пять', undefined],
])('money %s', (text, hundredths) => {
  expect(toMoney(text)).toBe(hundredths);
});

test('money is shown as it is typed', () => {
  expect([toMoneyText(350), toMoneyText(50_000), toMoneyText(5)]).toEqual(['3,50', '500', '0,05']);
});

test.each([
  [{ proxy: 'proxy.example:3128' }, 'proxy'],
  // The password has a field of its own, where it is sealed.
  [{ proxy: 'http://desk:secret@proxy.example:3128' }, 'proxy'],
  [{ timeoutSeconds: '0' }, 'timeoutSeconds'],
  [{ perMinute: '1.5' }, 'perMinute'],
  [{ name: ' ' }, 'name'],
  [{ dailyLimit: 'много' }, 'dailyLimit'],
] as const)('%o is a problem', (part, problem) => {
  expect([...problemsOf({ ...freshForm('smsaero', 'СМС'), ...part })]).toEqual([problem]);
});

test('what is free neither costs nor has a limit', () => {
  const form = { ...freshForm('ntfy', 'Push'), price: '3', dailyLimit: '5' };
  expect(toSetup(form)).toMatchObject({ price: 0, dailyLimit: null });
});
