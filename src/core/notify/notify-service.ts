import type { Health, Service } from '../platform/service.ts';
import { createDeliveryRunner, type DeliveryRunner } from './delivery-runner.ts';
import { createFollowDeliveries } from './follow-deliveries.ts';
import { createTried } from './give-over.ts';
import type { InboxParts } from './inbox.ts';
import { createLadderWatch } from './ladder-watch.ts';
import { createListenRoutes } from './listen-routes.ts';

export type NotifyService = Service & Pick<DeliveryRunner, 'troubleOf' | 'retry'>;

const badness: readonly Health['state'][] = ['ok', 'off', 'starting', 'degraded', 'needs-attention'];

/** Everything that moves by itself: ladders, sending, hearing, and asking how messages fare. */
export function createNotifyService(parts: InboxParts): NotifyService {
  const withTried = { ...parts, tried: createTried() };
  const runner = createDeliveryRunner(withTried);
  const services: readonly Service[] = [
    createListenRoutes(parts),
    runner,
    createFollowDeliveries(withTried),
    createLadderWatch(parts, parts.log),
  ];
  return {
    name: 'notify',
    troubleOf: runner.troubleOf,
    retry: runner.retry,
    async start(signal) {
      for (const service of services) await service.start(signal);
    },
    async stop() {
      await Promise.all(services.map((service) => service.stop()));
      await parts.atWork.close();
    },
    /** What the machine slept through is due now; its connections are not what they were. */
    resumed: runner.retry,
    health() {
      const healths = services.map((service) => service.health());
      const worst = Math.max(...healths.map(({ state }) => badness.indexOf(state)));
      return healths.find(({ state }) => badness.indexOf(state) === worst) ?? { state: 'ok' };
    },
  };
}
