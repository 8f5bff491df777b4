/** After a week of silence the service numbers its updates anew, perhaps below what was read last. */
const trustedMs = 6 * 24 * 3_600_000;

/** The update to ask for, or undefined where whatever there is must be asked for. */
export function readCursor(cursor: string, now: number): number | undefined {
  const [, id, at] = /^(\d+) (\d+)$/.exec(cursor) ?? [];
  if (id === undefined || at === undefined) return undefined;
  return Math.abs(now - Number(at)) > trustedMs ? undefined : Number(id) + 1;
}

export function writeCursor(updateId: number, now: number): string {
  return `${updateId} ${now}`;
}
