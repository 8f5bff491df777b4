import type { ChannelState } from './parts.ts';

/** A look later than this after the one before: the machine slept, or the process stood still. */
const longestGapMs = 150_000;
/** The wall clock and the steady one may drift so far apart between two looks. */
const jumpMs = 5000;
/** A line that comes back sooner has brought what came meanwhile: nothing is unknown. */
const flapMs = 5 * 60_000;

export type Listening = {
  /** At every look, before anything else is asked. */
  looked(now: number, elapsed: number): void;
  hear(channel: ChannelState, now: number): void;
  /** Since when a channel has been heard without a break; undefined while it is not. */
  heardSince(source: string): number | undefined;
  /** Since when it is known to be down; undefined while it is not. */
  downSince(source: string): number | undefined;
};

/**
 * What this machine can know of a channel: while it slept, was off, or its clock was set, nothing was heard and no
 * silence counts.
 */
export function createListening(): Listening {
  const heard = new Map<string, number>();
  const lost = new Map<string, number>();
  const down = new Map<string, number>();
  let last: { readonly now: number; readonly elapsed: number } | undefined;

  return {
    looked(now, elapsed) {
      const passed = last === undefined ? 0 : elapsed - last.elapsed;
      const drift = last === undefined ? 0 : Math.abs(now - last.now - passed);
      if (passed > longestGapMs || drift > jumpMs) {
        heard.clear();
        lost.clear();
        down.clear();
      }
      last = { now, elapsed };
    },
    hear({ source, health }, now) {
      const isHeard = health.state === 'ok' || health.reason === 'sent-folder-missing';
      const isDown = !isHeard && (health.state === 'degraded' || health.state === 'needs-attention');
      if (isHeard) {
        lost.delete(source);
        if (!heard.has(source)) heard.set(source, now);
      } else if (!lost.has(source)) lost.set(source, now);
      const lostAt = lost.get(source);
      if (lostAt !== undefined && now - lostAt > flapMs) heard.delete(source);
      if (!isDown) down.delete(source);
      else if (!down.has(source)) down.set(source, now);
    },
    heardSince: (source) => (lost.has(source) ? undefined : heard.get(source)),
    downSince: (source) => down.get(source),
  };
}
