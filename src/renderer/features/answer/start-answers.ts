import type { Desk } from '../../lib/desk.ts';
import { createUploadFile } from '../../lib/upload-file.ts';
import { createAnswerStore, type AnswerStore } from './answer-store.ts';

/**
 * What is written into chats in this window: follows the feed, and saves what waits when the window is hidden or
 * closed. Lives as long as the signal.
 */
export function startAnswers(
  { rpc, base, feed }: Pick<Desk, 'rpc' | 'base' | 'feed'>,
  signal: AbortSignal,
): AnswerStore {
  const answers = createAnswerStore({
    client: rpc,
    upload: createUploadFile(base),
    later(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const off = feed.on(({ kinds, reset }) => answers.onChanges(reset ? ['draft', 'outbox'] : [...kinds]));
  rpc.chats.transfers({}, ({ transfers }) => answers.onTransfers(transfers), { signal });
  const flush = (): void => void answers.flushAll();
  document.addEventListener('visibilitychange', flush, { signal });
  window.addEventListener('pagehide', flush, { signal });
  window.addEventListener('blur', flush, { signal });
  signal.addEventListener(
    'abort',
    () => {
      off();
      void answers.stop();
    },
    { once: true },
  );
  return answers;
}
