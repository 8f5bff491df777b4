import type { Address } from '../../shared/contract/common.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { Account, Recipients } from '../../shared/contract/letters.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { LetterMode } from './letter-subject.ts';

/** To whom a letter without a template goes: by what it answers, else to the applicant. */
export function recipientsFor(
  mode: LetterMode,
  source: MessageView | undefined,
  incident: IncidentRecord | undefined,
  accounts: readonly Account[],
): Recipients {
  const others = othersOf(accounts);
  const applicant =
    incident && isMailAddress(incident.applicantAddress)
      ? [{ name: incident.applicantName, address: incident.applicantAddress }]
      : [];
  if (mode === 'forward') return { to: [], cc: [], bcc: [] };
  if (mode === 'new' || !source) return { to: applicant, cc: [], bcc: [] };
  const back =
    source.direction === 'out' ? source.to : source.replyTo.length > 0 ? source.replyTo : [source.from];
  const to = others(back).length > 0 ? others(back) : applicant;
  if (mode === 'reply') return { to, cc: [], bcc: [] };
  const taken = new Set(to.map(({ address }) => address.toLowerCase()));
  const cc = others([...source.to, ...source.cc]).filter(({ address }) => !taken.has(address.toLowerCase()));
  return { to, cc, bcc: [] };
}

/** Everybody once, without the desk's own mailboxes. */
export function othersOf(accounts: readonly Account[]): (addresses: readonly Address[]) => Address[] {
  const own = new Set(accounts.map((account) => account.address.toLowerCase()));
  return (addresses) => uniqueAddresses(addresses).filter(({ address }) => !own.has(address.toLowerCase()));
}

/** An applicant from a chat has a user name or nothing. */
export function isMailAddress(text: string): boolean {
  return text !== '' && !text.startsWith('@');
}

export function uniqueAddresses(addresses: readonly Address[]): Address[] {
  const seen = new Set<string>();
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase();
    if (!isMailAddress(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
