import type { Contact } from '../../../shared/contract/chats.ts';

export type ContactKind = Contact['kind'];

/** In the order of the list and of the form. */
export const contactKinds = [
  'applicant',
  'contractor',
  'technician',
] as const satisfies readonly ContactKind[];
