import type { Port } from '../shared/rpc/port.ts';

/** `window.pult`, present in Electron only: one more way to a Port, and nothing else. */
export type Bridge = { connect(): Port };

/** The one channel; both directions carry a `BridgeMessage`. */
export const bridgeChannel = 'pult:port';

export type BridgeMessage =
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'frame'; readonly id: string; readonly text: string }
  | { readonly kind: 'close'; readonly id: string };
