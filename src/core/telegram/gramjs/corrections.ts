import { AuthKey } from 'telegram/crypto/AuthKey.js';
import { MessagePacker } from 'telegram/extensions/index.js';
import { Connection } from 'telegram/network/connection/index.js';
import { MTProtoSender } from 'telegram/network/index.js';
import { checkHandshakes } from './handshake-checks.ts';
import { checkMessages } from './message-checks.ts';

type Inner = { readonly obj: { readonly messages: readonly unknown[] } };
type SenderMethods = {
  _handleContainer: (this: SenderMethods, message: Inner) => Promise<void>;
  _processMessage: (message: unknown) => Promise<void>;
};
type KeyMethods = { setKey: (this: unknown, value: unknown) => Promise<void> };

type Queued = { readonly msgId?: unknown } | undefined;
type QueueMethods = { clear: (this: Queue) => void };
type Queue = QueueMethods & { _queue: Queued[]; readonly _pendingStates: readonly Queued[] };

type ConnectionMethods = {
  isConnected: (this: ConnectionMethods) => boolean;
  readonly socket: { readonly closed: boolean };
};

const authKeyBytes = 256;

let restoreAll: (() => void) | undefined;

/**
 * Faults of GramJS 2.26.22 corrected at run time, before the first client; each has a test that fails without it.
 * Gives back how to take them away again, for those tests.
 */
export function applyCorrections(): () => void {
  if (restoreAll !== undefined) return restoreAll;
  const restores = [
    correctContainers(),
    correctAuthKeys(),
    correctQueue(),
    correctConnections(),
    checkHandshakes(),
    checkMessages(),
  ];
  restoreAll = () => {
    for (const restore of restores) restore();
    restoreAll = undefined;
  };
  return restoreAll;
}

/**
 * An error in the middle of a container is thrown out of it, and every later message is lost: updates vanish, answers
 * never come. All are handled, then the first error is thrown as before.
 */
function correctContainers(): () => void {
  // Private by its leading underscore only; the type does not name it.
  const methods = MTProtoSender.prototype as unknown as SenderMethods;
  const original = methods._handleContainer;
  methods._handleContainer = async function handleAll(message) {
    const failures: unknown[] = [];
    for (const inner of message.obj.messages) {
      try {
        await this._processMessage(inner);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return () => {
    methods._handleContainer = original;
  };
}

/** One key in 256 begins with a zero byte, which is dropped on the way: wrong hash, failed handshake. */
function correctAuthKeys(): () => void {
  const methods = AuthKey.prototype as unknown as KeyMethods;
  const original = methods.setKey;
  methods.setKey = function setWholeKey(value) {
    const isShort = Buffer.isBuffer(value) && value.length < authKeyBytes;
    return original.call(
      this,
      isShort ? Buffer.concat([Buffer.alloc(authKeyBytes - value.length), value]) : value,
    );
  };
  return () => {
    methods.setKey = original;
  };
}

/**
 * Between the end of a line and the next one, a second at least, requests are queued and then thrown away: whoever
 * asked waits for ever. They stay; what was sent and not answered stands before them.
 */
function correctQueue(): () => void {
  const methods = MessagePacker.prototype as unknown as QueueMethods;
  const original = methods.clear;
  methods.clear = function clearSent() {
    // Confirmations of the old line are no requests, and nobody waits for them.
    const unsent = this._queue.filter(
      (state) => state !== undefined && state.msgId === undefined && this._pendingStates.includes(state),
    );
    original.call(this);
    this._queue.unshift(...unsent);
  };
  return () => {
    methods.clear = original;
  };
}

/**
 * The successor package takes a socket that ended in the middle of a key exchange for an open one: every further try
 * fails on it, for ever.
 */
function correctConnections(): () => void {
  const methods = Connection.prototype as unknown as ConnectionMethods;
  const original = methods.isConnected;
  methods.isConnected = function hasOpenSocket() {
    return original.call(this) && !this.socket.closed;
  };
  return () => {
    methods.isConnected = original;
  };
}
