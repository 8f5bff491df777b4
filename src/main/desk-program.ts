import type { BackendOptions, Logger } from '../core/app-types.ts';
import type { RestoreDesk } from '../core/restore-desk.ts';
import type { HostArguments } from '../host/args.ts';
import type { CreateBackend } from '../host/running.ts';

/** A program that shows a desk in Electron's windows. */
export type DeskProgram = {
  /** Of the built entry: the page, the preload and the worker lie around it. */
  readonly folder: string;
  /** In the tray, and above the box that says why the desk cannot run. */
  readonly names: { readonly ru: string; readonly en: string };
  /** Asked before Electron is ready. */
  place(args: HostArguments): DeskPlace;
  /** Asked once it is certain that no other instance has this place. */
  open(args: HostArguments, place: DeskPlace): Promise<OpenedProgram>;
};

export type DeskPlace = {
  readonly dataDir: string;
  /** Electron's own files, and with them the single instance. */
  readonly electronDir: string;
};

export type OpenedProgram = {
  readonly createBackend: CreateBackend;
  readonly options: Pick<BackendOptions, 'provision' | 'training' | 'telegramNetwork' | 'telegramPort'>;
  /** A desk out of a whole backup, before it is opened; a lesson has none. */
  readonly restore?: (job: RestoreDesk) => Promise<string>;
  /** `file` leaves nothing in a person's keyring. */
  readonly secretStore: 'system' | 'file';
  /** Where the program's own work writes from now on. */
  readonly follow?: (log: Logger) => void;
  /** After the desk has stopped. */
  readonly stop?: () => Promise<void>;
};
