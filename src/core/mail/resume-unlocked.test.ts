import { expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { AppError } from '../../shared/errors.ts';
import { createAccounts } from './accounts.ts';
import { resumeUnlocked } from './resume-unlocked.ts';

test('a mailbox halted for want of its password goes on when the keyring is back, and no other one does', () => {
  const kit = createCoreKit();
  const [mine, strange, refused] = ['a', 'b', 'c'].map((name) => kit.addAccount(`${name}@towers.example`));
  kit.db.connection.exec(`UPDATE account SET sealed_password = 'strange' WHERE id = ${strange}`);
  const accounts = createAccounts({
    ...kit.desk,
    accounts: kit.stores.accounts,
    raw: kit.stores.raw,
    secretBox: {
      kind: 'memory',
      seal: (plain) => plain,
      open(sealed) {
        if (sealed === 'strange') throw new AppError('denied', { details: { reason: 'secret-unreadable' } });
        return sealed;
      },
    },
    tokens: { keep: () => {}, forget: () => {} },
  });
  accounts.halt(mine ?? 0, 'secret-unreadable');
  accounts.halt(strange ?? 0, 'secret-unreadable');
  accounts.halt(refused ?? 0, 'password-refused');

  resumeUnlocked(accounts, null);

  expect(accounts.list().accounts.map(({ haltedReason }) => haltedReason)).toEqual([
    null,
    'secret-unreadable',
    'password-refused',
  ]);
  expect(kit.desk.journal.ofSubject('account', mine ?? 0).at(-1)).toMatchObject({ kind: 'account.resumed' });
});
