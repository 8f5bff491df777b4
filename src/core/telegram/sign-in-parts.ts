import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import type { ApiSetting } from './api-setting.ts';
import type { LoginAttempts } from './login-attempts.ts';
import type { SessionFiles } from './session-files.ts';
import type { TakeUp } from './take-up-account.ts';
import type { TelegramNetwork } from './telegram-network.ts';
import type { TelegramPort } from './telegram-port.ts';

export type SignInParts = {
  readonly port: TelegramPort;
  readonly network: TelegramNetwork | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly api: ApiSetting;
  readonly attempts: LoginAttempts;
  readonly files: SessionFiles;
  readonly takeUp: TakeUp;
  /** The sign-in's own connection is closed by then: Telegram ends a session that two programs use. */
  readonly onSignedIn: (accountId: number) => void;
};
