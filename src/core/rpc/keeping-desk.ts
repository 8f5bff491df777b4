import type { AdminAlerts } from '../keeping/admin-alerts.ts';
import type { FullBackups } from '../keeping/full-backups.ts';
import type { KeepingSettingDesk } from '../keeping/keeping-settings.ts';
import type { FilePlaces } from '../keeping/make-set.ts';
import type { Retention } from '../keeping/retention.ts';
import type { SupportFile } from '../keeping/support-bundle.ts';
import type { Vault } from '../keeping/vault.ts';
import type { ListsDesk } from '../settings/lists-file.ts';
import type { WorkGate } from '../keeping/work-gate.ts';

/** What the handlers of keeping reach. */
export type KeepingDesk = {
  readonly settings: KeepingSettingDesk;
  readonly gate: WorkGate;
  readonly full: FullBackups;
  readonly retention: Retention;
  readonly alerts: AdminAlerts;
  readonly vault: Vault;
  readonly lists: ListsDesk;
  readonly places: FilePlaces;
  /** Of this desk, wherever it lies. */
  readonly workstation: string;
  support(): Promise<SupportFile[]>;
  /** Where the bundle lies until it has been saved; it is swept like any file nobody names. */
  packSupport(): Promise<{ readonly sha256: string; readonly size: number }>;
  stopService(name: string): Promise<void>;
  /** Whether a service goes on while the desk is at rest. */
  isQuiet(name: string): boolean;
};
