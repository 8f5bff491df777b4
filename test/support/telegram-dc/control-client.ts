import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TelegramNetwork } from '../../../src/core/telegram/telegram-network.ts';
import type { Operations } from './operations.ts';

/** Every operation of the servers as it is in process, but answered over HTTP. */
export type TelegramControl = {
  readonly [Name in keyof Operations]: (
    ...given: Parameters<Operations[Name]>
  ) => Promise<Awaited<ReturnType<Operations[Name]>>>;
};

export type TelegramDcProcess = {
  readonly network: TelegramNetwork;
  readonly control: TelegramControl;
  /** For a program that is not handed the control itself. */
  readonly controlUrl: string;
  stop(): Promise<void>;
};

function createTelegramControl(url: string): TelegramControl {
  const call = async (name: string, argument: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/${name}`, { method: 'POST', body: JSON.stringify(argument ?? {}) });
    const answer = (await response.json()) as { readonly result?: unknown; readonly error?: string };
    if (answer.error !== undefined) throw new Error(`${name}: ${answer.error}`);
    return answer.result;
  };
  return new Proxy({} as TelegramControl, {
    get: (_, name) => (argument: unknown) => call(String(name), argument),
  });
}

/** The servers in a process of their own, which ends with this one. `keep` is `keepMessages` of the servers. */
export async function startTelegramDcProcess({
  keep,
}: { readonly keep?: number } = {}): Promise<TelegramDcProcess> {
  const limits = keep === undefined ? [] : ['--keep', String(keep)];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...limits], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the test servers ended with ${code}`)));
  });
  const { network, control } = JSON.parse(line) as { network: TelegramNetwork; control: string };
  return {
    network,
    control: createTelegramControl(control),
    controlUrl: control,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
