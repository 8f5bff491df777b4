const hourMs = 3_600_000;
const weekHours = 168;
const weekMs = weekHours * hourMs;
const mostWeeks = 4;

/** Hours before this one are not needed any more. */
export function oldestHour(now: number): number {
  return hourOf(now) - mostWeeks * weekHours - 2;
}

export function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}

export type Traffic = {
  /** When the first message came; undefined when none has. */
  readonly firstAt: number | undefined;
  readonly counts: (hours: readonly number[]) => readonly number[];
};

/**
 * How many messages are usual in an hour: of the same hour of the week in the last four weeks, smoothed over its
 * neighbours, without the fullest of those weeks, so that one flood does not make every later night look silent.
 * Undefined before a whole week is known.
 */
export function usualPerHour({ firstAt, counts }: Traffic, hour: number): number | undefined {
  if (firstAt === undefined) return undefined;
  const weeks = Math.min(mostWeeks, Math.floor((hour * hourMs - firstAt) / weekMs));
  if (weeks < 1) return undefined;
  const samples = Array.from({ length: weeks }, (_, index) => {
    const same = hour - (index + 1) * weekHours;
    const [before = 0, middle = 0, after = 0] = counts([same - 1, same, same + 1]);
    return before / 4 + middle / 2 + after / 4;
  });
  const sum = samples.reduce((total, sample) => total + sample, 0);
  // One week may have been an odd one: half of it is believed.
  return weeks === 1 ? sum / 2 : (sum - Math.max(...samples)) / (weeks - 1);
}

/** How many messages should have come between two moments; undefined where nothing is known. */
export function expectedBetween(traffic: Traffic, from: number, until: number): number | undefined {
  let expected = 0;
  for (let hour = hourOf(from); hour <= hourOf(until); hour += 1) {
    const usual = usualPerHour(traffic, hour);
    if (usual === undefined) return undefined;
    const begins = Math.max(from, hour * hourMs);
    const ends = Math.min(until, (hour + 1) * hourMs);
    expected += usual * (Math.max(0, ends - begins) / hourMs);
  }
  return expected;
}

/** Of hearing nothing where so many are expected (Poisson). */
export function silenceChance(expected: number): number {
  return Math.exp(-expected);
}
