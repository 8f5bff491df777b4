import type { Address } from '../../../shared/contract/common.ts';

export type ReadAddresses = { readonly addresses: readonly Address[]; readonly rest: string };

const bare = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]{2,}$/u;

/** Takes every whole address out of typed or pasted text; what is not one stays in `rest` to be mended. */
export function readAddresses(text: string): ReadAddresses {
  const addresses: Address[] = [];
  const rest: string[] = [];
  for (const piece of pieces(text)) {
    const found = readOne(piece);
    if (found) addresses.push(found);
    else rest.push(piece);
  }
  return { addresses, rest: rest.join(', ') };
}

export function isAddress(text: string): boolean {
  return bare.test(text);
}

/** Same mailbox, whatever the case and the name beside it. */
export function addAddresses(list: readonly Address[], more: readonly Address[]): readonly Address[] {
  const known = new Set(list.map((entry) => entry.address.toLowerCase()));
  const added = more.filter((entry) => {
    const key = entry.address.toLowerCase();
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  return added.length === 0 ? list : [...list, ...added];
}

export function addressText({ name, address }: Address): string {
  return name === '' ? address : `${name} <${address}>`;
}

function readOne(piece: string): Address | undefined {
  const named = /^(.*)<([^<>]+)>$/.exec(piece);
  const address = (named?.[2] ?? piece).trim();
  if (!bare.test(address)) return undefined;
  const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  return { name: name.slice(0, 200), address };
}

/** Cuts at commas, semicolons and line ends, but not inside quotes. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  let current = '';
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (!quoted && (sign === ',' || sign === ';' || sign === '\n')) {
      found.push(current);
      current = '';
    } else {
      current += sign;
    }
  }
  found.push(current);
  return found.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
