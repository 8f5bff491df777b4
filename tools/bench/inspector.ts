import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import type { HostProcess } from '../../test/support/host-process.ts';

/** For `env` of a host that is to be looked into. */
export const inspectable = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

export type Inspector = {
  /** Bytes of the heap that are in use after everything unused was collected. */
  heapInUse(): Promise<number>;
  /** Where the process spends its time until `end` writes it into a file for the browser's developer tools. */
  profile(): Promise<{ end(file: string): Promise<void> }>;
  close(): void;
};

/** A running process seen from outside, as its developer tools see it. */
export async function inspect(host: HostProcess): Promise<Inspector> {
  const address = /Debugger listening on (ws:\S+)/.exec(host.output())?.[1];
  if (address === undefined) throw new Error('The host was not started to be looked into');
  const socket = new WebSocket(address, { maxPayload: 0 });
  await once(socket, 'open');
  const asked = new Map<number, (answer: unknown) => void>();
  let next = 1;
  socket.on('message', (data: Buffer) => {
    const { id, result } = JSON.parse(data.toString()) as { id?: number; result?: unknown };
    if (id !== undefined) asked.get(id)?.(result);
  });
  const ask = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve) => {
      const id = next;
      next += 1;
      asked.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    async heapInUse() {
      // Twice: what is finalised by the first is let go by the second.
      await ask('HeapProfiler.collectGarbage');
      await ask('HeapProfiler.collectGarbage');
      return ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
    },
    async profile() {
      await ask('Profiler.enable');
      await ask('Profiler.start');
      return {
        async end(file) {
          const { profile } = (await ask('Profiler.stop')) as { profile: unknown };
          writeFileSync(file, JSON.stringify(profile));
        },
      };
    },
    close: () => socket.close(),
  };
}
