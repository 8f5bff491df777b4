/** Names of fields whose texts are codes of ours; every other text may quote a letter, a name or an address. */
const kept: ReadonlySet<string> = new Set([
  'level',
  'time',
  'event',
  'service',
  'code',
  'reason',
  'state',
  'kind',
  'phase',
  'shell',
  'version',
  'type',
  'channel',
]);

const codeLike = /^[\w.:+-]{1,80}$/;

/** One line of the log as a stranger may read it: numbers and codes stay, of every other text only its length. */
export function openLogLine(line: string): Record<string, unknown> | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null ? openFields(record) : undefined;
  } catch {
    // The line a crash cut short.
    return undefined;
  }
}

function openFields(fields: object): Record<string, unknown> {
  const isOurs = (fields as { type?: unknown }).type === 'AppError';
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, open(name, value, isOurs)] as const),
  );
}

function open(name: string, value: unknown, isOurs: boolean): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'string') return openText(name, value, isOurs);
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'object' ? openFields(value) : undefined;
}

function openText(name: string, text: string, isOurs: boolean): string {
  if (name === 'stack') return framesOf(text);
  if (kept.has(name) && codeLike.test(text)) return text;
  // Words of an AppError stand in the code and never in data.
  if (name === 'message' && isOurs && !/[@\d]/.test(text)) return text;
  return `[${text.length} characters]`;
}

/** Where it happened, without what was said and without whose folder the program lies in. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) =>
      line.replaceAll(/(?:file:\/\/)?[^\s()]*[\\/]((?:[^\s()\\/]+[\\/])?[^\s()\\/]+:\d+:\d+)/g, '$1').trim(),
    )
    .join(' | ');
}
