import type { Session } from './session.ts';

const remembered = 256;

/** Whether earlier requests of a session went well: some are to be done only after, and not without, others. */
export function createOutcomes() {
  const bySession = new WeakMap<Session, Map<bigint, Promise<boolean>>>();
  return {
    keep(session: Session, msgId: bigint, outcome: Promise<boolean>) {
      const known = bySession.get(session) ?? new Map<bigint, Promise<boolean>>();
      bySession.set(session, known.set(msgId, outcome));
      const [oldest] = known.keys();
      if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    },
    async allGood(session: Session, msgIds: readonly bigint[]) {
      const known = bySession.get(session);
      for (const msgId of msgIds) if ((await known?.get(msgId)) === false) return false;
      return true;
    },
  };
}
