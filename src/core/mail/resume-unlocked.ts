import type { Accounts } from './accounts.ts';

/**
 * Mailboxes that stopped for want of their password go on once the desk's key is there again: the keyring was opened
 * late, or somebody typed the recovery key. What another key had sealed stays halted and is entered anew.
 */
export function resumeUnlocked(accounts: Accounts, actor: number | null): void {
  for (const { id, auth, haltedReason } of accounts.list().accounts) {
    if (haltedReason !== 'secret-unreadable') continue;
    if (auth !== 'password' || opens(accounts, id)) accounts.resume(id, actor);
  }
}

function opens(accounts: Accounts, id: number): boolean {
  try {
    accounts.password(id);
    return true;
  } catch {
    // Sealed by a key that is not this desk's.
    return false;
  }
}
