import { z } from 'zod';
import type { Backend } from '../app-types.ts';
import type { Port } from '../../shared/rpc/port.ts';

export type Presence = {
  /** People who are signed in at a page. */
  people(): ReadonlySet<number>;
  /** The same backend; who comes in through it is noticed. */
  watch(backend: Backend): Backend;
};

const answer = z.object({ t: z.literal('result'), value: z.object({ person: z.object({ id: z.int() }) }) });

/** Who works at the pages, read off their wires: no call of the contract tells it, and a real desk needs none. */
export function createPresence(): Presence {
  const seats = new Map<Port, number>();

  const connect = (backend: Backend, port: Port) => {
    backend.connect({
      ...port,
      send(frame) {
        // Only the answers to signing in and to taking a session up again carry a whole person.
        const personId = frame.includes('"person":{') ? readPerson(frame) : undefined;
        if (personId !== undefined) seats.set(port, personId);
        port.send(frame);
      },
    });
    port.onFrame((frame) => {
      if (frame.includes('"session.signOut"')) seats.delete(port);
    });
    port.onClose(() => seats.delete(port));
  };

  return {
    people: () => new Set(seats.values()),
    watch: (backend) => ({ ...backend, connect: (port) => connect(backend, port) }),
  };
}

function readPerson(frame: string): number | undefined {
  return answer.safeParse(JSON.parse(frame)).data?.value.person.id;
}
