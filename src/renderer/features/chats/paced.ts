type Parts = {
  /** Milliseconds that never jump. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
};

/** Two parts of rest to one of work: when chats pour in, keys and the backend keep most of the time. */
const restPerWork = 2;
/** No longer: what is said now must still be on the screen within 300 ms. */
const longestRestMs = 120;

const sleepAwhile = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs `work` at once, and for everything asked meanwhile once more after a rest as long as the work was heavy. A
 * single change is never kept waiting. `work` must not reject.
 */
export function createPaced(
  work: () => Promise<void>,
  { now = () => performance.now(), sleep = sleepAwhile }: Parts = {},
): () => void {
  let isRunning = false;
  let again = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (again) {
      again = false;
      const startedAt = now();
      await work();
      // What the answer made to be drawn is drawn by then, and counts.
      await sleep(0);
      await sleep(Math.min(longestRestMs, (now() - startedAt) * restPerWork));
    }
    isRunning = false;
  }

  return () => {
    again = true;
    if (!isRunning) void run();
  };
}
