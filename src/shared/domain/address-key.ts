import type { FurtherAddress } from '../contract/common.ts';
import type { ReachChannel } from './reaching.ts';
import { phoneDigits } from './search-text.ts';

export type AddressKind = FurtherAddress['kind'];

/** The channel an address of the kind is reached by; an address of an unknown kind is for reading only. */
export const channelOfKind: Readonly<Record<AddressKind, ReachChannel | null>> = {
  email: 'email',
  phone: 'sms',
  telegram: 'telegram',
  max: 'max',
  whatsapp: 'whatsapp',
  push: 'push',
  other: null,
};

export const kindOfChannel: Readonly<Record<ReachChannel, AddressKind>> = {
  email: 'email',
  sms: 'phone',
  telegram: 'telegram',
  max: 'max',
  whatsapp: 'whatsapp',
  push: 'push',
};

/** As addresses are compared: two spellings of one telephone, mailbox or name are the same. */
export function addressKey(kind: AddressKind, value: string): string {
  const trimmed = value.trim();
  if (kind === 'phone' || kind === 'whatsapp') {
    return phoneDigits(trimmed) ?? (trimmed.replaceAll(/\D/g, '') || trimmed);
  }
  if (kind === 'email') return trimmed.toLowerCase();
  // Which service it is of stands before it, or is left to the routes there are.
  if (kind === 'push') return trimmed.replace(/^(?:ntfy|gotify|fcm):/, '');
  if (kind === 'telegram' || kind === 'max') return trimmed.replace(/^@/, '').toLowerCase();
  return trimmed;
}
