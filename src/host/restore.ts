import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { RestoreDesk } from '../core/restore-desk.ts';
import type { HostArguments } from './args.ts';
import { defaultDataDir } from './default-data-dir.ts';
import { createKeyring } from './keyring.ts';
import { createSecretBox } from './secret-box.ts';
import { readSecretKeys } from './secret-keys.ts';

type Parts = {
  readonly args: HostArguments;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly restoreDesk: (job: RestoreDesk) => Promise<string>;
  /** What the terminal gives when the key is asked for by `-`, so that it stands in no list of processes. */
  readonly readInput: () => Promise<string>;
  readonly write: (text: string) => void;
};

/** `--restore`: a desk out of a whole backup, for the browser shell or for Electron to open afterwards. */
export async function restoreInTerminal({ args, environment, restoreDesk, readInput, write }: Parts) {
  const dataDir = resolve(
    args.data ?? defaultDataDir({ platform: process.platform, home: homedir(), environment }),
  );
  const typed = args['recovery-key'];
  const recoveryKey = typed === '-' ? (await readInput()).trim() : typed;
  const keyring = args['secret-store'] === 'file' ? undefined : createKeyring();
  const name = await restoreDesk({
    from: resolve(args.restore ?? ''),
    dataDir,
    recoveryKey,
    secretBox: createSecretBox(await readSecretKeys(dataDir, keyring)),
  });
  write(`Restored ${name} into ${dataDir}.\n`);
  write(
    recoveryKey === undefined
      ? 'Passwords are locked: enter the recovery key in Settings after the start.\n'
      : 'The recovery key fits; mailboxes go on with the next start.\n',
  );
}
