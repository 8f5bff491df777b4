import { expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import type { AppError } from '../../shared/errors.ts';
import { createMemoryCapabilities } from '../platform/capabilities-memory.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import { createSeededRandom } from '../training/seeded-random.ts';
import { createVault, type Vault } from './vault.ts';

const here = createMemoryCapabilities().secretBox;
/** A computer that cannot open what another one sealed. */
const elsewhere: SecretBox = {
  kind: 'keyring',
  seal: (plain) => `there:${Buffer.from(plain).toString('hex')}`,
  open(sealed) {
    if (!sealed.startsWith('there:')) throw new Error('not mine');
    return Buffer.from(sealed.slice(6), 'hex').toString();
  },
};

function openDesk() {
  const kit = createCoreKit();
  const open = (shellBox: SecretBox, seed: number) =>
    createVault({
      ...kit.desk,
      store: kit.stores.settings,
      secrets: kit.stores.secrets,
      shellBox,
      random: createSeededRandom(seed),
    });
  return { kit, open };
}

async function makeKey(vault: Vault): Promise<string> {
  const { key, ask } = vault.beginRecovery();
  const groups = key.split('-');
  await vault.confirmRecovery([groups[ask[0]] ?? '', groups[ask[1]] ?? ''], null);
  return key;
}

const sealedPassword = (kit: ReturnType<typeof createCoreKit>) =>
  kit.stores.accounts.list()[0]?.sealedPassword ?? '';

function savePassword(kit: ReturnType<typeof createCoreKit>, sealed: string): void {
  const id = kit.addAccount();
  kit.db.transact((revision) => kit.stores.secrets.replace({ place: 'account', id, sealed }, revision));
}

test('secrets that the shell had sealed are sealed by the desk, and stay the same', () => {
  const { kit, open } = openDesk();
  savePassword(kit, here.seal('open sesame'));

  const vault = open(here, 1);

  expect(sealedPassword(kit)).toMatch(/^v2\.d\./);
  expect(vault.box.open(sealedPassword(kit))).toBe('open sesame');
  expect(open(here, 2).box.open(sealedPassword(kit))).toBe('open sesame');
});

test('on another computer the desk is locked until the recovery key opens it, and stays open there', async () => {
  const { kit, open } = openDesk();
  const vault = open(here, 1);
  savePassword(kit, vault.box.seal('open sesame'));
  const key = await makeKey(vault);

  const moved = open(elsewhere, 2);
  expect(moved.state().locked).toBe(true);
  expect(() => moved.box.open(sealedPassword(kit))).toThrow(
    expect.objectContaining({ details: { reason: 'secret-unreadable', keyAway: true } }),
  );

  await moved.unlock(key.toLowerCase().replaceAll('-', ' '), null);
  expect(moved.box.open(sealedPassword(kit))).toBe('open sesame');
  expect(open(elsewhere, 3).box.open(sealedPassword(kit))).toBe('open sesame');
});

test('a slip of the pen is told at once, and each wrong key makes the next try wait longer', async () => {
  const { kit, open } = openDesk();
  const key = await makeKey(open(here, 1));
  const other = await makeKey(createVaultOfAnotherDesk());
  const moved = open(elsewhere, 2);
  const failure = async (text: string) => {
    const error = (await moved.unlock(text, null).catch((thrown: unknown) => thrown)) as AppError;
    return [error.reason, error.details['seconds']];
  };

  const slip = key.startsWith('A') ? `B${key.slice(1)}` : `A${key.slice(1)}`;
  expect(await failure(slip)).toEqual(['recovery-key-mistyped', undefined]);
  expect(await failure(other)).toEqual(['recovery-key-wrong', 2]);
  expect(await failure(key)).toEqual(['recovery-wait', 2]);
  await kit.clock.advance(2000);
  expect(await failure(other)).toEqual(['recovery-key-wrong', 4]);
  await kit.clock.advance(4000);
  await moved.unlock(key, null);
  expect(moved.state().locked).toBe(false);
});

function createVaultOfAnotherDesk(): Vault {
  return openDesk().open(here, 77);
}

test('a new recovery key makes the old one useless, and a removed one opens nothing', async () => {
  const { kit, open } = openDesk();
  const vault = open(here, 1);
  savePassword(kit, vault.box.seal('open sesame'));
  const first = await makeKey(vault);
  const second = await makeKey(vault);
  expect(vault.box.open(sealedPassword(kit))).toBe('open sesame');

  const moved = open(elsewhere, 2);
  await expect(moved.unlock(first, null)).rejects.toMatchObject({
    details: { reason: 'recovery-key-wrong' },
  });

  vault.removeRecovery(null);
  await expect(open(elsewhere, 3).unlock(second, null)).rejects.toMatchObject({
    details: { reason: 'recovery-key-none' },
  });
  expect(open(here, 4).box.open(sealedPassword(kit))).toBe('open sesame');
});

test('a key nobody has written down is not taken: two of its groups must be typed', async () => {
  const { open } = openDesk();
  const vault = open(here, 1);
  vault.beginRecovery();
  await expect(vault.confirmRecovery(['0000', '0000'], null)).rejects.toMatchObject({
    details: { reason: 'recovery-groups-differ' },
  });
  expect(vault.state().recoveryMadeAt).toBeNull();
});

test('without the key secrets are given up, and new ones are sealed again', () => {
  const { kit, open } = openDesk();
  const vault = open(here, 1);
  savePassword(kit, vault.box.seal('open sesame'));
  const moved = open(elsewhere, 2);
  const typed = moved.box.seal('typed while locked');

  moved.startAfresh(null);

  expect(moved.state().locked).toBe(false);
  expect(moved.box.open(typed)).toBe('typed while locked');
  expect(() => moved.box.open(sealedPassword(kit))).toThrow('cannot be opened');
});
