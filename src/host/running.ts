import type { Backend, BackendOptions, Capabilities, Logger } from '../core/app-types.ts';

export type CreateBackend = (options: BackendOptions, capabilities: Capabilities) => Promise<Backend>;

export type Running = {
  start(capabilities: Capabilities): Promise<void>;
  /** undefined while one backend makes room for the next. */
  current(): Backend | undefined;
  /** Of whichever backend runs. */
  readonly log: Logger;
  /** Called when the backend is about to be replaced: pages are let go and come back by themselves. */
  onTurn(listener: () => void): void;
  /** Stops this backend and starts another on the same directory. */
  restart(): void;
  stop(): Promise<void>;
};

type Parts = {
  readonly createBackend: CreateBackend;
  readonly options: BackendOptions;
  /** The backend could not come back. */
  readonly onFatal: (error: unknown) => void;
};

/** The backend, which may be replaced by another on the same directory while the address stays. */
export function createRunning({ createBackend, options, onFatal }: Parts): Running {
  let backend: Backend | undefined;
  let log: Logger | undefined;
  let capabilities: Capabilities | undefined;
  let leave = (): void => undefined;
  let turning: Promise<void> | undefined;
  let isOver = false;

  const start = async (given: Capabilities) => {
    capabilities = given;
    const started = await createBackend(options, given);
    log = started.log;
    if (isOver) await started.stop();
    else backend = started;
  };

  const turn = async () => {
    // Whoever asked is answered first.
    await new Promise((done) => setTimeout(done, 100));
    const old = backend;
    backend = undefined;
    leave();
    await old?.stop();
    if (capabilities && !isOver) await start(capabilities);
  };

  return {
    start,
    current: () => backend,
    log: {
      debug: (fields, event) => log?.debug(fields, event),
      info: (fields, event) => log?.info(fields, event),
      warn: (fields, event) => log?.warn(fields, event),
      error: (fields, event) => log?.error(fields, event),
      child: (fields) => (log ?? silent).child(fields),
    },
    onTurn(listener) {
      leave = listener;
    },
    restart() {
      turning ??= turn()
        .catch(onFatal)
        .finally(() => {
          turning = undefined;
        });
    },
    async stop() {
      isOver = true;
      await turning;
      await backend?.stop();
    },
  };
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};
