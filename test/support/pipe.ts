import { createPortCore, type PortCore } from '../../src/shared/rpc/port-core.ts';
import type { Port } from '../../src/shared/rpc/port.ts';

/** Two ports in one process; texts arrive a turn later and in order, as on a real wire. */
export function createPipe(): { readonly page: Port; readonly core: Port } {
  const page: PortCore = createPortCore({
    transmit: (text) => queueMicrotask(() => core.receive(text)),
    shut: () => queueMicrotask(() => core.gone()),
  });
  const core: PortCore = createPortCore({
    transmit: (text) => queueMicrotask(() => page.receive(text)),
    shut: () => queueMicrotask(() => page.gone()),
  });
  return { page: page.port, core: core.port };
}
