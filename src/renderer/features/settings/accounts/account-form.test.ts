import { expect, test } from 'vitest';
import { accountPresets } from '../../../../core/mail/presets.ts';
import { checkForm, emptyForm, presetFor, toSettings, withAddress, withPreset } from './account-form.ts';

function preset(key: string) {
  return accountPresets.find((found) => found.key === key)!;
}

test('the user name follows the address until it is given words of its own', () => {
  const typed = withAddress(emptyForm(preset('custom')), 'avr@tower.example');
  const own = withAddress({ ...typed, userName: 'TOWER\\avr' }, 'rvr@tower.example');

  expect(typed.userName).toBe('avr@tower.example');
  expect(own.userName).toBe('TOWER\\avr');
});

test('another provider changes the servers and keeps what was typed', () => {
  const form = { ...withAddress(emptyForm(preset('custom')), 'avr@tower.example'), password: 'secret' };

  const next = withPreset(form, preset('yandex'));

  expect(next).toMatchObject({
    imapHost: 'imap.yandex.ru',
    address: 'avr@tower.example',
    password: 'secret',
  });
});

test('the provider is known by the domain of the address', () => {
  expect(presetFor('avr@BK.ru', accountPresets)?.key).toBe('mail-ru');
  expect(presetFor('avr@tower.example', accountPresets)).toBeUndefined();
});

test('each missing field is named', () => {
  const form = { ...emptyForm(preset('custom')), imapPort: '99999' };

  expect(checkForm(form, false).map(({ field }) => field)).toEqual([
    'address',
    'password',
    'imapHost',
    'imapPort',
    'smtpHost',
  ]);
});

test('an empty certificate and folder are none, not empty text', () => {
  const settings = toSettings(withAddress(emptyForm(preset('gmail')), ' avr@tower.example '));

  expect(settings).toMatchObject({
    address: 'avr@tower.example',
    name: 'avr@tower.example',
    caCertificate: null,
    sentPath: null,
  });
});
