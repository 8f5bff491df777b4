import { AppError, toAppError } from '../shared/errors.ts';
import type { Clock } from './platform/clock.ts';
import type { Logger } from './platform/logger.ts';
import type { Health, ResumedFrom, Service } from './platform/service.ts';

export type Supervisor = {
  /** Starts in the order given. When one fails, those already started are stopped again and the failure is thrown. */
  start(services: readonly Service[]): Promise<void>;
  /** Starts one more, such as an account added while working; it is stopped first of all. */
  add(service: Service): Promise<void>;
  /** Stops and forgets one; unknown names are ignored. */
  remove(name: string): Promise<void>;
  /** In reverse order, each with its time limit; idempotent. */
  stop(): Promise<void>;
  health(): Readonly<Record<string, Health>>;
  /** Tells every service that wants to know. */
  resumed(from: ResumedFrom): void;
  /** Looks now instead of at the next turn; for a service that knows its health has changed. */
  check(): void;
  /** Told when any health differs from what was told last. Returns the way to unsubscribe. */
  onChange(listener: (health: Readonly<Record<string, Health>>) => void): () => void;
};

type Parts = {
  readonly clock: Clock;
  readonly log: Logger;
  readonly stopWithinMs?: number;
  readonly lookEveryMs?: number;
};

export function createSupervisor({ clock, log, stopWithinMs = 5000, lookEveryMs = 1000 }: Parts): Supervisor {
  const running: Service[] = [];
  const listeners = new Set<(health: Readonly<Record<string, Health>>) => void>();
  const lifetime = new AbortController();
  let told = '';
  let looking = false;

  const health = () =>
    Object.fromEntries(running.map((service) => [service.name, service.health()] as const));

  const check = () => {
    const now = health();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    for (const listener of listeners) listener(now);
  };

  const look = async () => {
    while (!lifetime.signal.aborted) {
      await clock.sleep(lookEveryMs, lifetime.signal);
      check();
    }
  };

  const begin = async (service: Service) => {
    if (running.some(({ name }) => name === service.name))
      throw new Error(`Two services named ${service.name}`);
    if (lifetime.signal.aborted) throw new AppError('unavailable', { message: 'Supervisor has stopped' });
    const startedMs = clock.elapsed();
    running.push(service);
    try {
      await service.start(lifetime.signal);
    } catch (error) {
      await end(service);
      throw error;
    }
    log.info({ service: service.name, ms: Math.round(clock.elapsed() - startedMs) }, 'service.started');
    if (looking) return;
    looking = true;
    look().catch((error: unknown) => {
      if (toAppError(error).code !== 'cancelled') log.error({ err: error }, 'supervisor.look-failed');
    });
  };

  const end = async (service: Service) => {
    const index = running.indexOf(service);
    if (index !== -1) running.splice(index, 1);
    const timer = new AbortController();
    try {
      const late = clock.sleep(stopWithinMs, timer.signal).then(() => 'late' as const);
      late.catch(() => undefined);
      const outcome = await Promise.race([service.stop(), late]);
      if (outcome === 'late') log.warn({ service: service.name, stopWithinMs }, 'service.left-behind');
      else log.info({ service: service.name }, 'service.stopped');
    } catch (error) {
      log.error({ service: service.name, err: error }, 'service.stop-failed');
    } finally {
      timer.abort();
    }
  };

  const stop = async () => {
    lifetime.abort(new AppError('cancelled', { message: 'The desk is closing' }));
    for (let last = running.at(-1); last; last = running.at(-1)) await end(last);
  };

  return {
    async start(services) {
      try {
        for (const service of services) await begin(service);
      } catch (error) {
        await stop();
        throw error;
      }
      check();
    },
    async add(service) {
      await begin(service);
      check();
    },
    async remove(name) {
      const service = running.find((candidate) => candidate.name === name);
      if (service) await end(service);
      check();
    },
    stop,
    health,
    resumed(from) {
      log.info({ from }, 'machine.resumed');
      for (const service of running) {
        try {
          service.resumed?.(from);
        } catch (error) {
          log.error({ service: service.name, err: error }, 'service.resume-failed');
        }
      }
    },
    check,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
