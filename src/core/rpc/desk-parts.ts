import type { Address } from '../../shared/contract/common.ts';
import type { SystemState } from '../../shared/contract/session.ts';
import type { AccountSettings, QuarantineRow } from '../../shared/contract/letters.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { BackendOptions, TrainingControl } from '../app-types.ts';
import type { Assets } from '../assets/create-assets.ts';
import type { Chats } from '../chats/create-chats.ts';
import type { IncidentQuery } from '../db/incident-query.ts';
import type { ViewStore } from '../db/view-store.ts';
import type { RuleDesk } from '../intake/rule-desk.ts';
import type { AlarmDuty } from '../keeping/alarm-duty.ts';
import type { BackupService } from '../keeping/backup-service.ts';
import type { DiskGuard } from '../keeping/disk-guard.ts';
import type { LetterParts } from '../letters/parts.ts';
import type { MoveLetterInput } from '../letters/move-letter.ts';
import type { Accounts } from '../mail/accounts.ts';
import type { MailService } from '../mail/mail-service.ts';
import type { AccountTest } from '../mail/test-account.ts';
import type { OutboxRunner } from '../notify/outbox-runner.ts';
import type { DutyParts } from '../people/duty.ts';
import type { SignIn } from '../people/sign-in.ts';
import type { Capabilities } from '../platform/capabilities.ts';
import type { DataDir } from '../platform/data-dir.ts';
import type { Logger } from '../platform/logger.ts';
import type { ChatSearch } from '../search/chat-search.ts';
import type { Search } from '../search/search.ts';
import type { Settings } from '../settings/desk-settings.ts';
import type { ChatEngine } from '../telegram/chat-engine.ts';
import type { StartNotes } from '../keeping/start-notes.ts';
import type { TelegramDesk } from '../telegram/telegram-desk.ts';

/** What the handlers reach; made once in app.ts. */
export type DeskParts = {
  readonly desk: LetterParts & { readonly log: Logger };
  readonly options: BackendOptions;
  readonly capabilities: Capabilities;
  readonly dataDir: DataDir;
  readonly query: IncidentQuery;
  readonly search: Search;
  readonly views: ViewStore;
  readonly rules: RuleDesk;
  readonly addresses: { complete(text: string, limit: number): Address[] };
  readonly signIn: SignIn;
  readonly duty: DutyParts;
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly testAccount: (settings: AccountSettings, password: string) => Promise<AccountTest>;
  readonly mail: MailService;
  readonly outboxRunner: OutboxRunner;
  readonly quarantine: QuarantineDesk;
  readonly backups: BackupService;
  readonly disk: DiskGuard;
  readonly alarmDuty: AlarmDuty;
  readonly startNotes: StartNotes;
  readonly telegram: TelegramDesk;
  readonly assets: Assets;
  readonly chats: Chats;
  readonly chatSearch: ChatSearch;
  readonly chatEngine: ChatEngine;
  /** Chats whose row changed after a revision, at most so many. */
  readonly changedChats: (revision: number, limit: number) => number[];
  readonly training: TrainingControl | undefined;
  readonly healths: () => SystemState['services'];
  readonly setupNeeded: () => boolean;
  readonly moveLetter: (input: MoveLetterInput) => {
    readonly incidentId: number;
    readonly undo: number | null;
  };
  readonly moveLetterBack: (facts: JournalFacts['incident.letter-moved'], actor: number | null) => void;
};

export type QuarantineDesk = {
  count(): number;
  list(): Promise<readonly QuarantineRow[]>;
  retry(rawId: number, actor: number): void;
  open(rawId: number, actor: number): Promise<{ readonly incidentId: number }>;
  release(rawId: number, actor: number): void;
};
