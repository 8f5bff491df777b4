import { Worker } from 'node:worker_threads';
import { type ParseAnswer, type ParseRequest, type ParseWorkerData, workerReady } from './parse-protocol.ts';

export type ParseWorker = {
  post(request: ParseRequest): void;
  /** Its code is loaded: from here on a failure is a letter's. */
  isReady(): boolean;
  /** Resolves when the thread is gone; no callback comes afterwards. */
  terminate(): Promise<void>;
};

type Options = {
  readonly path: string;
  readonly data: ParseWorkerData;
  readonly memoryMb: number;
  readonly onAnswer: (answer: ParseAnswer) => void;
  /** The thread ended without being asked to: out of memory, or a bug. */
  readonly onExit: (cause: unknown) => void;
};

/** A thread with its own heap limit, reduced to what the pool needs. */
export function startParseWorker({ path, data, memoryMb, onAnswer, onExit }: Options): ParseWorker {
  const worker = new Worker(path, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    // The worker takes nothing from the shell: no debugger flags, no environment with secrets.
    execArgv: [],
    env: {},
  });
  let cause: unknown;
  let terminated = false;
  let ready = false;
  worker.on('message', (answer: ParseAnswer | typeof workerReady) => {
    if (answer === workerReady) ready = true;
    else if (!terminated) onAnswer(answer);
  });
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', () => {
    if (!terminated) onExit(cause);
  });
  return {
    post: (request) => worker.postMessage(request),
    isReady: () => ready,
    async terminate() {
      terminated = true;
      await worker.terminate();
    },
  };
}
