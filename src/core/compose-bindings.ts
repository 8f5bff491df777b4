import { AppError } from '../shared/errors.ts';
import type { Stores } from './compose-stores.ts';
import type { LetterParts } from './letters/parts.ts';
import type { RouteDriver } from './notify/route-driver.ts';
import type { DeskParts } from './rpc/desk-parts.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  /** Undefined when the route is gone, or is not set up. */
  readonly driverOf: (routeId: number) => Pick<RouteDriver, 'test'> | undefined;
};

/** Whom bots know, and how their links are made. */
export function composeBindings({ desk, stores, driverOf }: Parts): DeskParts['bindings'] {
  return {
    ...desk,
    bindings: stores.bindings,
    contacts: stores.contacts,
    async botName(routeId, signal) {
      const driver = driverOf(routeId);
      const { facts } = (await driver?.test(signal)) ?? { facts: {} };
      const name = facts['username'];
      if (typeof name === 'string' && name !== '') return name;
      throw new AppError('conflict', { details: { reason: 'route-not-set-up' } });
    },
  };
}
