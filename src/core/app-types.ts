import type { ProvisionedRegistry } from './assets/provide-registry.ts';
import type { AccountSettings } from '../shared/contract/letters.ts';
import type { DeskSettings } from '../shared/contract/settings.ts';
import type { Port } from '../shared/rpc/port.ts';
import type { Logger } from './platform/logger.ts';
import type { ResumedFrom } from './platform/service.ts';
import type { EndpointsOf } from './mail/oauth/providers.ts';
import type { TelegramNetwork } from './telegram/telegram-network.ts';
import type { TelegramPort } from './telegram/telegram-port.ts';

export type BackendOptions = {
  readonly dataDir: string;
  /** The bundled `parse-worker.js`: only an entry knows where the build put it. */
  readonly workerPath: string;
  /** Changes with every build; a page of another build is told to reload. */
  readonly build: string;
  readonly version: string;
  readonly shell: 'electron' | 'browser' | 'memory';
  readonly training?: TrainingControl;
  readonly provision?: Provision;
  /** Telegram's own unless given; only entries of the demo build give one. */
  readonly telegramNetwork?: TelegramNetwork | undefined;
  /** The providers' own unless given: a test signs in at one of its own. */
  readonly oauthEndpoints?: EndpointsOf | undefined;
  /** GramJS unless given: the memory twin, where a lesson has no servers to talk to. */
  readonly telegramPort?: TelegramPort | undefined;
  /** `apart` breaks the promise that no letter is lost, so that the crash test can show it would notice. */
  readonly cursorMoves?: 'with-rows' | 'apart' | undefined;
};

/** What `createBackend` gives a shell. */
export type Backend = {
  /** Serves RPC on this port until it closes. */
  connect(port: Port): void;
  /**
   * Everything that is bytes: `/letter/<id>`, `/letter/<id>/cid/<contentId>`, `/blob/<sha256>`, `/raw/<messageId>`,
   * `POST /upload`. The path is relative to the instance's base; the shell has already let the caller in.
   */
  web(request: Request): Promise<Response>;
  /** Whose map tiles the page may show; undefined: nobody's. For the page's policy. */
  tileOrigin(): string | undefined;
  /** The machine woke up or was unlocked: what was missed meanwhile is asked for at once. */
  resumed(from: ResumedFrom): void;
  /** Idempotent; resolves when the data directory is free again. */
  stop(): Promise<void>;
  /** The desk's log, for what a shell has to say. */
  readonly log: Logger;
};

/** The simulated shift as the page steers it; undefined where the desk is real. */
export type TrainingControl = {
  state(): { speed: number; paused: boolean; sent: number; planned: number };
  control(change: {
    speed?: number | undefined;
    paused?: boolean | undefined;
    burst?: number | undefined;
  }): Promise<void>;
  /** The lesson's phone. */
  readonly telegram?: {
    /** Scans the QR that is on the page, as the account's owner would. */
    scan(token: string): Promise<void>;
  };
};

/**
 * People, accounts and settings from a configuration file, secrets already resolved. Applied at each start and harmless
 * when repeated: people match by name, accounts by address; what the file does not name stays as it is.
 */
export type Provision = {
  readonly people: readonly ProvisionedPerson[];
  readonly accounts: readonly ProvisionedAccount[];
  /** The application's id and hash from my.telegram.org; undefined keeps what there is. */
  readonly telegramApi?: { readonly id: number; readonly hash: string } | undefined;
  readonly settings: Partial<DeskSettings>;
  /** For a desk whose registry is empty. */
  readonly registry?: ProvisionedRegistry | undefined;
};

export type ProvisionedPerson = {
  readonly name: string;
  readonly role: 'dispatcher' | 'lead';
  readonly email: string;
  readonly phone: string;
  /** undefined keeps the PIN there is. */
  readonly pin: string | undefined;
  /** undefined keeps the roster there is. */
  readonly roster: readonly ProvisionedRosterRule[] | undefined;
};

/** As `rosterRule` in the contract; no zone means the desk's. */
export type ProvisionedRosterRule = {
  readonly weekdays: number;
  readonly startsMinute: number;
  readonly endsMinute: number;
  readonly zone: string | undefined;
};

export type ProvisionedAccount = {
  readonly settings: AccountSettings;
  readonly password: string;
  /** From when letters open incidents, epoch milliseconds; undefined means from the moment it is added. */
  readonly opensFrom: number | undefined;
};

export type { Capabilities, Notifier, Opener, SecretBox, Wakefulness } from './platform/capabilities.ts';
export type { Logger } from './platform/logger.ts';
export type { ResumedFrom } from './platform/service.ts';
