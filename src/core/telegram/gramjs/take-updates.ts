import type { TelegramClient } from 'telegram';
import type { Api } from 'telegram/tl/index.js';
import type { RawUpdate } from './client.ts';
import { openUpdates } from './updates.ts';

/** Of a library that keeps the order of updates itself; GramJS has none. */
type OwnOrder = {
  onUpdates(update: Api.TypeUpdates, isAnswer?: boolean): void;
  ensureState(): Promise<void>;
  catchUp(): Promise<void>;
};

/**
 * A library that keeps an order of its own holds back what came too early and hands on what it then asks for without
 * its place in the log, which nobody else can order: updates are taken before it sees them. Answers to calls are their
 * callers'.
 */
export function takeUpdates(client: TelegramClient, onUpdate: (raw: RawUpdate) => void): void {
  const { updateManager: order } = client as { readonly updateManager?: OwnOrder };
  if (order === undefined) return;
  order.onUpdates = (update, isAnswer = false) => {
    if (isAnswer) return;
    const { raws, entities } = openUpdates(update);
    for (const raw of raws) onUpdate({ update: raw, entities });
  };
  // Without a position it asks for nothing.
  order.ensureState = () => Promise.resolve();
  order.catchUp = () => Promise.resolve();
}
