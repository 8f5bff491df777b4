import { frameLimits } from './frame-limits.ts';
import type { Port } from './port.ts';

type Wire = {
  /** Hands a text to the other side. */
  readonly transmit: (text: string) => void;
  /** Lets go of the wire; runs once. */
  readonly shut: () => void;
};

export type PortCore = {
  readonly port: Port;
  /** A text came from the other side. */
  readonly receive: (text: string) => void;
  /** The other side, or the wire, is gone. */
  readonly gone: () => void;
};

/** The half every port has in common: frames wait for their first listener, the end is told once, size is bounded. */
export function createPortCore({ transmit, shut }: Wire): PortCore {
  const frameListeners: ((frame: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let early: string[] = [];
  let closed = false;

  const close = () => {
    if (closed) return;
    closed = true;
    early = [];
    shut();
    for (const listener of closeListeners) listener();
  };

  return {
    port: {
      send(frame) {
        if (!closed) transmit(frame);
      },
      onFrame(listener) {
        frameListeners.push(listener);
        const waiting = early;
        early = [];
        for (const frame of waiting) if (!closed) listener(frame);
      },
      onClose(listener) {
        if (closed) listener();
        else closeListeners.push(listener);
      },
      close,
    },
    receive(text) {
      if (closed) return;
      if (text.length > frameLimits.maxLength) close();
      else if (frameListeners.length === 0) early.push(text);
      else for (const listener of frameListeners) listener(text);
    },
    gone: close,
  };
}
