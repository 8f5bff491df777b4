import { AppError } from '../../../../shared/errors.ts';

/** At most so many messages are unanswered at once; the rest stands in line, first come first served. */
export function createWindow(most: number) {
  let inside = 0;
  const line: (() => void)[] = [];
  const leave = () => {
    inside -= 1;
    line.shift()?.();
  };
  return {
    async enter(signal: AbortSignal): Promise<() => void> {
      while (inside >= most) {
        if (signal.aborted) throw stopped();
        await new Promise<void>((resolve, reject) => {
          const done = new AbortController();
          const step = () => {
            done.abort();
            resolve();
          };
          line.push(step);
          const stop = () => {
            line.splice(line.indexOf(step), 1);
            reject(stopped());
          };
          signal.addEventListener('abort', stop, { once: true, signal: done.signal });
        });
      }
      inside += 1;
      return leave;
    },
  };
}

function stopped(): AppError {
  return new AppError('cancelled', { details: { certainty: 'not-sent' } });
}
