import type { StoredFile } from '../../shared/contract/common.ts';
import type { Logger } from '../platform/logger.ts';
import type { NotifyParts } from './parts.ts';
import type { StatusReport } from './route-driver.ts';
import type { RoutesAtWork } from './routes-at-work.ts';

/** What sending needs besides the rows. */
export type SendParts = NotifyParts & {
  readonly log: Logger;
  readonly atWork: RoutesAtWork;
  readonly filePath: (file: StoredFile) => string;
  /** A messenger does not let the desk through to them any more. */
  readonly onBlocked: (routeId: number, chatId: string) => void;
  /** What was heard of a message before its sending had been written down. */
  readonly earlyReceipts: EarlyReceipts;
};

export type EarlyReceipts = {
  put(routeId: number, providerId: string, told: EarlyReceipt): void;
  take(routeId: number, providerId: string): readonly EarlyReceipt[];
};

export type EarlyReceipt = {
  readonly eventId: string;
  readonly at: number;
  readonly report: StatusReport;
};

const mostKept = 1000;

/** A service may tell how a message fares before it has answered that it took it. */
export function createEarlyReceipts(): EarlyReceipts {
  const kept = new Map<string, EarlyReceipt[]>();
  return {
    put(routeId, providerId, told) {
      const key = `${routeId} ${providerId}`;
      kept.set(key, [...(kept.get(key) ?? []), told]);
      const oldest = kept.keys().next();
      if (kept.size > mostKept && oldest.value !== undefined) kept.delete(oldest.value);
    },
    take(routeId, providerId) {
      const key = `${routeId} ${providerId}`;
      const told = kept.get(key) ?? [];
      kept.delete(key);
      return told;
    },
  };
}
