import type { ChatFileRecord } from '../db/chat-records.ts';
import type { ChatParts } from './parts.ts';

/** Evidence of an incident; films and voices are fetched when somebody wants to see or hear them. */
const kinds: readonly ChatFileRecord['kind'][] = ['photo', 'document'];
/** More than any photo or report; a disk image is fetched when somebody asks for it. */
const mostBytes = 100 * 1024 * 1024;
const mostAtStart = 500;

/** After the commit: a download that fails leaves the message and its preview. */
export function wantFiles({ db, wantFile }: ChatParts, files: readonly ChatFileRecord[]): void {
  for (const { id, kind, sha256, remote, size } of files) {
    if (sha256 !== null || remote === null || !kinds.includes(kind) || size > mostBytes) continue;
    db.afterCommit(() => wantFile(id));
  }
}

/** What a crash or a broken connection left without its bytes, the newest first. */
export function missingFiles({ chatLinks }: ChatParts): number[] {
  return chatLinks.missingFiles(kinds, mostBytes, mostAtStart);
}
