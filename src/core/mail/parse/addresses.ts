import { addressParser } from 'postal-mime';
import type { MessageAddress } from '../../platform/inbound-message.ts';
import { cleanLine } from './clean-text.ts';
import { limits } from './limits.ts';
import { rewriteWords } from './words.ts';

export type AddressList = { readonly addresses: readonly MessageAddress[]; readonly guessed: boolean };

/** Mailboxes of a header, groups unfolded; entries without an address are left out. */
export function readAddresses(header: string | undefined): AddressList {
  if (header === undefined || header === '') return { addresses: [], guessed: false };
  const words = rewriteWords(header);
  const addresses: MessageAddress[] = [];
  for (const { name, address } of addressParser(words.text, { flatten: true })) {
    const clean = cleanLine(address ?? '').replaceAll(/^['<]+|['>]+$/g, '');
    if (!clean.includes('@') || addresses.length >= limits.addresses) continue;
    const cleanName = cleanLine(name).replace(/^'(.*)'$/, '$1');
    addresses.push({ name: cleanName === clean ? '' : cleanName, address: clean });
  }
  return { addresses, guessed: words.guessed };
}
