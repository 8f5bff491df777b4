/** What a shell offers beyond plain Node; each has an Electron twin, a host twin and a memory twin. */
export type Capabilities = {
  readonly secretBox: SecretBox;
  readonly notifier: Notifier;
  readonly opener: Opener;
  readonly attention: Attention;
  readonly wakefulness: Wakefulness;
  readonly restarter: Restarter;
};

/** Seals what must not be readable in a stolen copy of the data directory. */
export type SecretBox = {
  /** `file` is the weakest: a key beside the data, which the page warns about as long as it lasts. */
  readonly kind: 'system' | 'keyring' | 'file' | 'memory';
  seal(plain: string): string;
  /**
   * Throws `denied` (reason `secret-unreadable`) when the key is gone or the text is not ours; detail `keyAway` when what
   * sealed it is only not at hand at this start, such as a keyring that is locked.
   */
  open(sealed: string): string;
};

export type Notice = {
  readonly title: string;
  readonly body: string;
  readonly urgency: 'normal' | 'critical';
  /** Path in the page to open when clicked, such as `/queue/42`. */
  readonly path: string;
};

export type Notifier = {
  readonly available: boolean;
  show(notice: Notice): void;
  /** Sounds through the system, for when no page can. */
  beep(): void;
};

/** Opens https, http and mailto links outside; anything else is refused with `denied`. */
export type Opener = { external(url: string): Promise<void> };

export type Attention = { readonly available: boolean; readonly tray: boolean; badge(count: number): void };

/** Keeps the machine from sleeping while somebody is on duty, where the system allows it. */
export type Wakefulness = { readonly available: boolean; hold(awake: boolean): void };

/** Stops this backend and starts a new one on the same data directory: after a restore was chosen. */
export type Restarter = { restart(): void };
