import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { TelegramPort } from '../telegram-port.ts';
import { openConnection } from './twin-connection.ts';
import { peopleScenario, type PeopleScenario } from './twin-people.ts';
import { chatScenario, wireScenario, type ChatScenario, type WireScenario } from './twin-scenario.ts';
import { createTwinState } from './twin-state.ts';

export type TelegramWorld = PeopleScenario & ChatScenario & WireScenario;

export type MemoryTelegram = { readonly port: TelegramPort; readonly world: TelegramWorld };

/** A small Telegram in memory: the other end of the port for tests and for the packaged training. */
export function createMemoryTelegram(parts: {
  readonly clock: Clock;
  readonly random: Random;
}): MemoryTelegram {
  const state = createTwinState(parts);
  const wire = wireScenario(state);
  return {
    port: { open: (options) => openConnection(state, options) },
    // The getters of the wire must stay getters.
    world: Object.assign(wire, peopleScenario(state), chatScenario(state)),
  };
}
