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
/** A page needs them to draw itself before the sign-in is through. */
const openCalls: ReadonlySet<string> = new Set(['accounts.test', 'accounts.list', 'accounts.save']);

/** Throws `denied` (reason `not-signed-in`); while the desk is being set up the wizard may add its mailbox. */
export function admit(call: CallInfo, session: DeskSession, settingUp: boolean): void {
  const [group = ''] = call.path.split('.');
  if (session.personId !== null || openGroups.has(group) || (settingUp && openCalls.has(call.path))) return;
  throw new AppError('denied', { details: { reason: 'not-signed-in' } });
}

/** The person at the page; `admit` has made sure there is one. */
export function actorOf({ session }: Context): number {
  if (session.personId === null) throw new AppError('denied', { details: { reason: 'not-signed-in' } });
  return session.personId;
}
