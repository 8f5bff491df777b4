const dayMs = 86_400_000;
const secondMs = 1000;

/** A stretch of time in which a zone's clocks stand apart from UTC by the same amount. */
export type OffsetSpan = { readonly from: number; readonly to: number; readonly offsetMs: number };

/** Clocks of one place, whatever its rules were and will be. */
export type Zone = {
  /** What a clock on the wall shows at a moment, as if it were UTC. */
  wallMs(at: number): number;
  /** The spans that cover [from, to), oldest first. */
  spans(from: number, to: number): OffsetSpan[];
};

/** Throws `RangeError` for a name the machine does not know. */
export function compileZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const years = new Map<number, readonly OffsetSpan[]>();

  const wallMs = (at: number): number => {
    const parts = new Map<string, number>();
    for (const { type, value } of format.formatToParts(at)) parts.set(type, Number(value));
    const of = (type: string) => parts.get(type) ?? 0;
    const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return wall + (((at % secondMs) + secondMs) % secondMs);
  };
  const offsetAt = (at: number) => wallMs(at) - at;

  /** No zone moves its clocks twice within a day. */
  function ofYear(year: number): readonly OffsetSpan[] {
    const known = years.get(year);
    if (known) return known;
    const end = Date.UTC(year + 1, 0);
    const spans: OffsetSpan[] = [];
    let from = Date.UTC(year, 0);
    let offsetMs = offsetAt(from);
    for (let at = from; at < end; at += dayMs) {
      const next = Math.min(at + dayMs, end);
      const nextOffsetMs = offsetAt(next);
      if (nextOffsetMs === offsetMs) continue;
      const moved = firstMoment(at, next, (moment) => offsetAt(moment) !== offsetMs);
      spans.push({ from, to: moved, offsetMs });
      from = moved;
      offsetMs = nextOffsetMs;
    }
    if (from < end) spans.push({ from, to: end, offsetMs });
    years.set(year, spans);
    return spans;
  }

  return {
    wallMs,
    spans(from, to) {
      const spans: OffsetSpan[] = [];
      for (let year = new Date(from).getUTCFullYear(); Date.UTC(year, 0) < to; year += 1) {
        for (const span of ofYear(year)) {
          if (span.to > from && span.from < to) spans.push(span);
        }
      }
      return spans;
    },
  };
}

/** The first second in (from, to] of which `holds` is true; it holds for all after it. */
function firstMoment(from: number, to: number, holds: (moment: number) => boolean): number {
  let before = from;
  let after = to;
  while (after - before > secondMs) {
    const middle = before + Math.floor((after - before) / 2 / secondMs) * secondMs;
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}
