import type { Feed } from '../feed.ts';

/** Ladders of hundreds climb at once: a page that follows them asks again a few times a second, not for each step. */
export function calmFeed(feed: Pick<Feed, 'on'>, restMs = 400): Pick<Feed, 'on'> {
  return {
    on(listener) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const off = feed.on((change) => {
        if (!change.reset && !change.kinds.has('notification')) return;
        timer ??= setTimeout(() => {
          timer = undefined;
          listener(change);
        }, restMs);
      });
      return () => {
        clearTimeout(timer);
        off();
      };
    },
  };
}
