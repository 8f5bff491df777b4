import type { Desk } from '../../lib/desk.ts';
import { createUploadFile } from '../../lib/upload-file.ts';
import { createComposerStore, type ComposerStore } from './composer-store.ts';

/**
 * The composer of this window: follows the feed, and saves what waits when the window is hidden or closed.
 * Lives as long as the signal.
 */
export function startComposer({ rpc, base, feed }: Pick<Desk, 'rpc' | 'base' | 'feed'>, signal: AbortSignal) {
  const composer: ComposerStore = createComposerStore({
    client: rpc,
    upload: createUploadFile(base),
    later(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const off = feed.on(({ kinds, reset }) => composer.onChanges(reset ? ['draft', 'outbox'] : [...kinds]));
  const flush = (): void => void composer.flushAll();
  document.addEventListener('visibilitychange', flush, { signal });
  window.addEventListener('pagehide', flush, { signal });
  window.addEventListener('blur', flush, { signal });
  signal.addEventListener(
    'abort',
    () => {
      off();
      void composer.stop();
    },
    { once: true },
  );
  return composer;
}
