import type { CallParts } from './call-parts.ts';
import { raise } from './turns.ts';

/**
 * After a restore: what technicians said in the time that was lost is not known, so nobody is called in their place by
 * itself. Each call that waits for an answer is the dispatcher's to decide.
 */
export function haltCalls(parts: CallParts): void {
  parts.db.transact((revision) => {
    for (const { id, state } of parts.callViews.board(Number.MAX_SAFE_INTEGER)) {
      const turn = parts.turns.last(id);
      if (state !== 'pending' || !turn || turn.endedAt !== null) continue;
      parts.turns.update({ ...turn, silentAt: null });
      raise(parts, parts.calls.require(id), 'nobody-left', revision);
      parts.db.touch('call');
    }
  });
}
