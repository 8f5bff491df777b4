import type { FetchOutcome } from './electron-fetch.ts';

export type Choice =
  | { readonly shell: 'electron'; readonly program: string; readonly why: string }
  | { readonly shell: 'browser'; readonly why: string }
  | { readonly shell: 'none'; readonly why: string };

export type ChoiceParts = {
  readonly wanted: 'browser' | 'electron' | undefined;
  /** Why no window could be shown; undefined when one could. */
  readonly noWindow: string | undefined;
  readonly mayDownload: boolean;
  readonly findElectron: () => string | undefined;
  readonly fetchElectron: () => Promise<FetchOutcome>;
  readonly memory: {
    recentFailure(): string | undefined;
    noteFailure(reason: string): void;
    forget(): void;
  };
};

/** Electron where it can be had, else the browser; what a person asked for is tried even after a failure of today. */
export async function chooseShell(parts: ChoiceParts): Promise<Choice> {
  const { wanted, noWindow, memory } = parts;
  if (wanted === 'browser') return { shell: 'browser', why: 'as asked' };
  const otherwise = (why: string): Choice =>
    wanted === 'electron' ? { shell: 'none', why } : { shell: 'browser', why };
  if (noWindow !== undefined && wanted === undefined) return otherwise(noWindow);
  const found = parts.findElectron();
  if (found !== undefined)
    return { shell: 'electron', program: found, why: wanted ? 'as asked' : 'it is installed' };
  if (!parts.mayDownload) return otherwise('Electron is not installed and downloads are switched off');
  const failedBefore = wanted === 'electron' ? undefined : memory.recentFailure();
  if (failedBefore !== undefined) {
    return otherwise(`Electron could not be fetched earlier today: ${failedBefore}`);
  }
  const outcome = await parts.fetchElectron();
  const program = outcome.ok ? parts.findElectron() : undefined;
  if (program !== undefined) {
    memory.forget();
    return { shell: 'electron', program, why: 'it was fetched just now' };
  }
  const reason = outcome.ok ? 'its program is missing after the download' : outcome.reason;
  memory.noteFailure(reason);
  return otherwise(`Electron could not be fetched: ${reason}`);
}

/** Takes `--shell` out of the arguments; the rest is for the shell itself. Throws an Error for the terminal. */
export function takeShell(argv: readonly string[]): {
  readonly wanted: 'browser' | 'electron' | undefined;
  readonly rest: readonly string[];
} {
  const rest: string[] = [];
  let wanted: string | undefined;
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '--shell') {
      wanted = argv[index + 1] ?? '';
      index += 1;
    } else if (argument.startsWith('--shell=')) wanted = argument.slice('--shell='.length);
    else rest.push(argument);
  }
  if (wanted === undefined || wanted === 'browser' || wanted === 'electron') return { wanted, rest };
  throw new Error('--shell takes browser or electron');
}
