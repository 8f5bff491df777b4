import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

type AppriseRun = { readonly version: string; readonly sent: number; readonly seconds: number };

type Errand = {
  readonly url: string;
  readonly count: number;
  /** By its own throttle; 0 is as fast as it can. */
  readonly perSecond: number;
};

const program = join(import.meta.dirname, 'apprise-send.py');

/** Debian's belongs to the system's Python, which need not be the first of the path. */
function findPython(): string | undefined {
  return ['python3', '/usr/bin/python3'].find((python) => {
    try {
      execFileSync(python, ['-c', 'import apprise'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** Undefined: it is not here, and where to get it has been said. */
export async function runApprise({ url, count, perSecond }: Errand): Promise<AppriseRun | undefined> {
  const python = findPython();
  if (python === undefined) {
    console.log(
      'Apprise is not on this machine, so nothing stands beside the drain: apt-get install apprise',
    );
    return undefined;
  }
  const { stdout } = await promisify(execFile)(python, [program, url, String(count), String(perSecond)]);
  return JSON.parse(stdout) as AppriseRun;
}
