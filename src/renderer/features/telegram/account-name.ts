import type { TelegramAccount } from '../../../shared/contract/telegram.ts';

/** What the account is called where one line must do: a name can be empty, a mask never is. */
export function accountName({ name, username, phoneMask }: TelegramAccount): string {
  return name || (username === null ? phoneMask : `@${username}`);
}
