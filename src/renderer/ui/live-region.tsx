import { useEffect, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

type Announcement = { readonly id: number; readonly text: string; readonly urgent: boolean };

export type Announcer = {
  readonly store: StoreApi<{ readonly current: Announcement | null }>;
  /** `urgent` interrupts the screen reader: for escalations only. */
  say(text: string, urgent?: boolean): void;
};

/** Screen readers drop what comes faster; a later polite text replaces an unspoken one. */
const leastGapMs = 1000;

export function createAnnouncer(): Announcer {
  const store = createStore<{ readonly current: Announcement | null }>(() => ({ current: null }));
  let count = 0;
  let waiting: Announcement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function speak(): void {
    timer = undefined;
    if (!waiting) return;
    store.setState({ current: waiting });
    waiting = null;
    timer = setTimeout(speak, leastGapMs);
  }

  return {
    store,
    say(text, urgent = false) {
      if (waiting?.urgent && !urgent) return;
      count += 1;
      waiting = { id: count, text, urgent };
      if (timer === undefined) speak();
    },
  };
}

/** The one place where the page speaks to a screen reader. */
export function LiveRegion({ announcer }: { readonly announcer: Announcer }) {
  const [current, setCurrent] = useState(announcer.store.getState().current);

  useEffect(() => announcer.store.subscribe((state) => setCurrent(state.current)), [announcer]);

  return (
    <>
      <div className="visually-hidden" aria-live="polite">
        {current && !current.urgent ? <span key={current.id}>{current.text}</span> : null}
      </div>
      <div className="visually-hidden" aria-live="assertive">
        {current?.urgent ? <span key={current.id}>{current.text}</span> : null}
      </div>
    </>
  );
}
