import { AppError } from '../../shared/errors.ts';
import type { CallContext, CallInfo } from './serve.ts';

/** One page's connection: who works at it, and whether it can be seen and heard. */
export type DeskSession = {
  readonly id: string;
  personId: number | null;
  key: string | null;
  visible: boolean;
  sound: boolean;
};

export type Context = CallContext<DeskSession>;

/** Answered before anybody has signed in. */
const openGroups: ReadonlySet<string> = new Set(['shell', 'session', 'setup']);

/** Whoever has been put out of work meanwhile is signed out with the next call. */
export function dropInactive(session: DeskSession, isActive: (personId: number) => boolean): void {
  if (session.personId === null || isActive(session.personId)) return;
  session.personId = null;
  session.key = null;
}

/** Throws `denied` (reason `not-signed-in`). The first-run wizard makes the first person before anything else. */
export function admit(call: CallInfo, session: DeskSession): void {
  const [group = ''] = call.path.split('.');
  if (session.personId !== null || openGroups.has(group)) return;
  throw new AppError('denied', { details: { reason: 'not-signed-in' } });
}

/** The person at the page; `admit` has made sure there is one. */
export function actorOf({ session }: Context): number {
  if (session.personId === null) throw new AppError('denied', { details: { reason: 'not-signed-in' } });
  return session.personId;
}
