import { composeReach } from '../../src/core/compose-reach.ts';
import type { Stores } from '../../src/core/compose-stores.ts';
import type { LetterParts } from '../../src/core/letters/parts.ts';
import type { NotifyParts } from '../../src/core/notify/parts.ts';
import type { ReachDesk } from '../../src/core/notify/reach-desk.ts';
import type { RouteDeskParts } from '../../src/core/notify/route-desk.ts';
import { createMemoryCapabilities } from '../../src/core/platform/capabilities-memory.ts';
import { type CoreKit, createCoreKit } from './core-kit.ts';

type Kit = { readonly desk: LetterParts; readonly stores: Stores };

/** What ladders stand on, with nobody who hears what comes of them. Messengers know nobody unless told otherwise. */
export function notifyPartsOf({ desk, stores }: Kit, part: Partial<NotifyParts> = {}): NotifyParts {
  return {
    ...desk,
    contacts: stores.contacts,
    routes: stores.routes,
    ladders: stores.ladders,
    parties: stores.reachParties,
    addressStates: stores.addressStates,
    notifications: stores.notifications,
    deliveries: stores.deliveries,
    attempts: stores.deliveryAttempts,
    replies: stores.replies,
    reachAlarms: stores.reachAlarms,
    messengerChat: () => undefined,
    effects: () => ({ answered: () => null, ended: () => undefined }),
    ...part,
  };
}

/** Settings of reaching people. Services are asked only by the driver a test gives. */
export function reachOf(kit: Kit, part: Partial<Pick<RouteDeskParts, 'createDriver'>> = {}): ReachDesk {
  return composeReach({
    stores: kit.stores,
    notify: notifyPartsOf(kit),
    secretBox: createMemoryCapabilities().secretBox,
    createDriver: () => {
      throw new Error('No services in this kit');
    },
    health: () => ({ state: 'ok' }),
    ...part,
  });
}

export type ReachKit = CoreKit & {
  readonly reach: ReachDesk;
  readonly anna: number;
  /** Somebody of the directory with an e-mail and a telephone. */
  addContact(name: string, part?: { readonly email?: string; readonly phone?: string }): number;
};

export function createReachKit(part: Partial<Pick<RouteDeskParts, 'createDriver'>> = {}): ReachKit {
  const kit = createCoreKit();
  return {
    ...kit,
    reach: reachOf(kit, part),
    anna: kit.addPerson('Орлова Анна'),
    addContact(name, { email = '', phone = '' } = {}) {
      return kit.db.transact((revision) =>
        kit.stores.contacts.insert(
          {
            uuid: `contact-${name}`,
            createdAt: kit.clock.now(),
            kind: 'technician',
            name,
            organisation: '',
            phone,
            email,
            note: '',
            active: true,
          },
          revision,
        ),
      );
    },
  };
}
