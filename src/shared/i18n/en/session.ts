import type { session as ru } from '../ru/session.ts';
import type { Words } from '../words.ts';

export const session: Words<typeof ru> = {
  title: 'Who is at the desk?',
  text: 'Everything you do stays in the history under your name.',
  pin: 'PIN',
  pinFor: 'PIN, {{name}}',
  signIn: 'Sign in',
  lead: 'shift lead',
  dispatcher: 'dispatcher',
  onDuty: 'on duty since {{time}}',
  nobody: 'Nobody yet',
  nobodyText: 'People are added by the first start or the settings file.',
  failed: 'The list of people did not load',
  signedOut: 'Signed out',
};
