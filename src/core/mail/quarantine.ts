import type { QuarantineRow } from '../../shared/contract/letters.ts';
import { AppError } from '../../shared/errors.ts';
import type { RawRow, RawStore } from '../db/raw-store.ts';
import type { Db } from '../db/open.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import type { AcceptPort } from './ingest.ts';
import type { JournalPort } from './journal-port.ts';
import { attachmentPath } from './parse/attachment-files.ts';
import { parseLetter } from './parse/parse-letter.ts';
import type { RawFiles } from './raw-files.ts';

export type Quarantine = {
  list(): Promise<readonly QuarantineRow[]>;
  /**
   * Sends a letter through parsing again. Throws `conflict` with reason `not-in-quarantine`, or `letter-not-whole` when
   * only its headers were kept, because the server would not give it or it is too large.
   */
  retry(rawId: number, actorId: number | null): void;
  /** An incident with what is readable and the raw letter attached. Throws `conflict` (reason `not-in-quarantine`, `not-opened`). */
  open(rawId: number, actorId: number | null): Promise<{ readonly incidentId: number }>;
  /** Nobody needs it: out of the list; the raw letter stays. */
  release(rawId: number, actorId: number | null): void;
  /** For undo: on the list again. Throws `conflict` (reason `changed-since`) when it has become an incident. */
  holdAgain(rawId: number, actorId: number | null): void;
};

type Parts = {
  readonly db: Db;
  readonly raw: RawStore;
  readonly files: RawFiles;
  readonly intake: AcceptPort;
  readonly journal: JournalPort;
  readonly attachmentsDir: string;
  /** Wakes the pipeline. */
  readonly onRetry: () => void;
};

const listed = 500;
const headBytes = 16 * 1024;
const shownLines = 20;
const shownChars = 200;
const headersOnly: ReadonlySet<string> = new Set(['letter-too-large', 'letter-refused']);

export function createQuarantine(parts: Parts): Quarantine {
  const { db, raw, files, intake, journal } = parts;

  const requireHeld = (rawId: number): RawRow => {
    const row = raw.find(rawId);
    if (row === undefined) throw new AppError('not-found', { details: { reason: 'letter' } });
    if (row.state !== 'quarantined') throw conflict('not-in-quarantine');
    return row;
  };

  /** A file that is gone must not hide the entry it belongs to. */
  const head = async (sha256: string) => {
    const bytes = await files.head(sha256, headBytes).catch(() => new Uint8Array());
    return headerLines(bytes);
  };

  function leave(
    row: RawRow,
    state: 'stored' | 'released' | 'quarantined',
    messageId: number | null,
    revision: number,
  ) {
    const { id, attempts, reason, detail } = row;
    raw.settle({ id, state, messageId, attempts, reason, detail, revision });
    db.touch('quarantine');
  }

  function tell(
    kind: 'letter.quarantine-released' | 'letter.quarantine-retried' | 'letter.quarantine-held',
    rawId: number,
    actorId: number | null,
  ) {
    journal.append({ kind, subject: 'letter', subjectId: rawId, actorId, facts: { rawId } });
  }

  return {
    list: () =>
      Promise.all(
        raw.quarantined(listed).map(async (row) => ({
          rawId: row.id,
          accountId: row.accountId,
          folder: row.role,
          uid: row.uid,
          receivedAt: row.receivedAt,
          size: row.size,
          reason: row.reason ?? 'parse-failed',
          head: (await head(row.sha256)).join('\n'),
          attempts: row.attempts,
        })),
      ),
    retry(rawId, actorId) {
      db.transact((revision) => {
        const row = requireHeld(rawId);
        if (headersOnly.has(row.reason ?? '')) throw conflict('letter-not-whole');
        leave(row, 'stored', null, revision);
        tell('letter.quarantine-retried', rawId, actorId);
        db.afterCommit(parts.onRetry);
      });
    },
    async open(rawId, actorId) {
      const { sha256 } = requireHeld(rawId);
      const lines = await head(sha256);
      const size = await files.copyTo(sha256, attachmentPath(parts.attachmentsDir, sha256));
      return db.transact((revision) => {
        const row = requireHeld(rawId);
        const { messageId, incidentId } = intake.accept(toMessage(row, lines, size), { mayOpen: true });
        if (incidentId === null) throw conflict('not-opened');
        leave(row, 'released', messageId, revision);
        tell('letter.quarantine-released', rawId, actorId);
        return { incidentId };
      });
    },
    release(rawId, actorId) {
      db.transact((revision) => {
        leave(requireHeld(rawId), 'released', null, revision);
        tell('letter.quarantine-released', rawId, actorId);
      });
    },
    holdAgain(rawId, actorId) {
      db.transact((revision) => {
        const row = raw.find(rawId);
        if (row?.state !== 'released' || row.messageId !== null) throw conflict('changed-since');
        leave(row, 'quarantined', null, revision);
        tell('letter.quarantine-held', rawId, actorId);
      });
    },
  };
}

function conflict(reason: string): AppError {
  return new AppError('conflict', { details: { reason } });
}

/** Only what the first header lines say, which are short enough to be harmless; the letter itself is an attachment. */
function toMessage(row: RawRow, lines: readonly string[], size: number): InboundMessage {
  const raw = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const { attachments: _none, ...readable } = parseLetter({ raw, receivedAt: row.receivedAt });
  return {
    ...readable,
    channel: 'mail',
    accountId: row.accountId,
    direction: 'in',
    // Of this entry alone: the letter may still be read one day, and would then be no copy of this stand-in.
    contentHash: `quarantine-${row.id}`,
    text: lines.join('\n'),
    html: undefined,
    automatic: undefined,
    notes: ['quarantined'],
    attachments: [
      {
        sha256: row.sha256,
        fileName: 'letter.eml',
        mimeType: 'message/rfc822',
        size,
        contentId: undefined,
        inline: false,
      },
    ],
  };
}

function headerLines(bytes: Uint8Array): readonly string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const end = lines.indexOf('');
  return lines
    .slice(0, Math.min(end < 0 ? lines.length : end, shownLines))
    .map((line) => line.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').slice(0, shownChars));
}
