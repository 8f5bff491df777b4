import type { Person } from '../../../../shared/contract/session.ts';

/** What stands between the sign and the cursor; null when nobody is being named there. */
export type Naming = { readonly start: number; readonly text: string };

const naming = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_-]*(?: [\p{L}\p{N}_-]*)?)$/u;
const mostOffered = 6;

export function namingAt(text: string, cursor: number): Naming | null {
  const found = naming.exec(text.slice(0, cursor))?.[1];
  return found === undefined ? null : { start: cursor - found.length - 1, text: found };
}

/** Any word of the name may be what was begun; nobody is called by his own note. */
export function offer(people: readonly Person[], text: string, me: number | null): readonly Person[] {
  const wanted = text.toLocaleLowerCase();
  return people
    .filter(({ id, active }) => active && id !== me)
    .filter(({ name }) => {
      const folded = name.toLocaleLowerCase();
      return folded.startsWith(wanted) || folded.split(' ').some((word) => word.startsWith(wanted));
    })
    .slice(0, mostOffered);
}

/** The name written out, with a space to go on. */
export function complete(
  text: string,
  { start, text: begun }: Naming,
  name: string,
): { text: string; cursor: number } {
  const rest = text.slice(start + 1 + begun.length);
  const head = `${text.slice(0, start)}@${name} `;
  return { text: head + rest.replace(/^ /, ''), cursor: head.length };
}
