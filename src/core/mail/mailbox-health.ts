import type { RawStore } from '../db/raw-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Health } from '../platform/service.ts';
import type { MailTiming } from './mail-timing.ts';

type Parts = {
  readonly accountId: number;
  readonly raw: RawStore;
  readonly clock: Clock;
  readonly timing: MailTiming;
};

/** What nobody but a person can mend, though the account goes on trying. */
const needsPerson: ReadonlySet<string> = new Set([
  'certificate-untrusted',
  'certificate-wrong-host',
  'certificate-expired',
  'tls-required',
  'tls-unavailable',
  'tls-mismatch',
  'folder-not-found',
]);

/** What the page's dot for one mailbox says: "last letter 14:03, next check in 40 s". */
export function createMailboxHealth({ accountId, raw, clock, timing }: Parts) {
  let state: Health['state'] = 'starting';
  let reason: string | undefined;
  let lastCheckAt: number | undefined;
  let nextCheckAt: number | undefined;
  // Counted once; the count walks an index that grows with the mailbox.
  let storedCount: number | undefined;
  let isSentMissing = false;

  return {
    connecting() {
      if (state === 'off') state = 'starting';
    },
    checked() {
      state = 'ok';
      reason = undefined;
      lastCheckAt = clock.now();
      nextCheckAt = lastCheckAt + timing.probe;
    },
    troubled(why: string, retryAt: number) {
      state = needsPerson.has(why) ? 'needs-attention' : 'degraded';
      reason = why;
      nextCheckAt = retryAt;
    },
    halted(why: string) {
      state = 'needs-attention';
      reason = why;
      nextCheckAt = undefined;
    },
    stopped() {
      if (state !== 'needs-attention') state = 'off';
      nextCheckAt = undefined;
    },
    sentFound(isThere: boolean) {
      isSentMissing = !isThere;
    },
    stored(count: number) {
      if (storedCount !== undefined) storedCount += count;
    },
    view(): Health {
      storedCount ??= raw.storedCount(accountId);
      const lastLetterAt = raw.newestReceivedAt(accountId);
      // Inbox is well, but what colleagues answer from other mail clients stays unseen.
      const isHalf = state === 'ok' && isSentMissing;
      const why = isHalf ? 'sent-folder-missing' : reason;
      return {
        state: isHalf ? 'degraded' : state,
        ...(why === undefined ? {} : { reason: why }),
        facts: {
          stored: storedCount,
          ...raw.backlog(accountId),
          ...(lastLetterAt === undefined ? {} : { lastLetterAt }),
          ...(lastCheckAt === undefined ? {} : { lastCheckAt }),
          ...(nextCheckAt === undefined ? {} : { nextCheckAt, retryAt: nextCheckAt }),
        },
      };
    },
  };
}
