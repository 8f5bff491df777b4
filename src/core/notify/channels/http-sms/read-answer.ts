import { routeError } from '../../route-errors.ts';

/** Text of an answer that is looked at: a pattern over megabytes would hold the desk up. */
const longestLookedAt = 20_000;

/**
 * What stands in an answer: at `/data/0/id` (a JSON pointer, RFC 6901) or where a pattern finds it, its first group
 * where it has one. Undefined when it is not there.
 */
export function findInAnswer(text: string, where: string): string | undefined {
  if (where === '') return undefined;
  if (!where.startsWith('/')) {
    const found = toPattern(where).exec(text.slice(0, longestLookedAt));
    return found ? (found[1] ?? found[0]) : undefined;
  }
  let value: unknown = parse(text);
  for (const step of where.slice(1).split('/')) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

export function toPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'iu');
  } catch (cause) {
    throw routeError('route-not-set-up', { certainty: 'not-sent', raw: source, cause });
  }
}

/** `20 = failed` line by line; `*` stands for all others. */
export function readMap(lines: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const line of lines.split(/\r?\n/)) {
    const at = line.lastIndexOf('=');
    if (at > 0) map.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return map;
}

export function mapped(map: ReadonlyMap<string, string>, value: string): string | undefined {
  return map.get(value.trim().toLowerCase()) ?? map.get('*');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
