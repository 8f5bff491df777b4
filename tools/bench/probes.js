// Runs in the page as window.bench: everything is timed where it is seen.
const grid = '[role=grid]';
const rows = () => document.querySelectorAll(`${grid} [role=gridcell]`);
const text = () =>
  [
    document.querySelector(grid)?.ariaRowCount ?? document.querySelector(grid)?.getAttribute('aria-rowcount'),
    ...[...rows()].map((cell) => cell.textContent),
  ].join('|');
const now = () => performance.timeOrigin + performance.now();

// The first task after the next frame: by then the frame has been handed over to be shown.
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => resolve(now()));
      channel.port1.start();
      channel.port2.postMessage(0);
    });
  });

const until = (is) =>
  new Promise((resolve, reject) => {
    if (is()) {
      resolve();
      return;
    }
    const limit = setTimeout(() => reject(new Error('Nothing was shown within 30 s')), 30_000);
    const observer = new MutationObserver(() => {
      if (!is()) return;
      clearTimeout(limit);
      observer.disconnect();
      resolve();
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });

// What a key changes; null while the answer is on its way.
const keyEffects = {
  'chosen row': () =>
    document.querySelector('[data-pane=list] [role=row][aria-selected=true] span[title]')?.title ?? null,
  'open chat': () => document.querySelector('article:has([role=row][data-id]) h2')?.textContent ?? null,
  letter: () => document.activeElement?.value ?? null,
};
let answers = Promise.resolve([]);

window.bench = {
  /** Epoch milliseconds at which a row of the queue with this text has been painted. */
  async rowPainted(wanted) {
    await until(() => [...rows()].some((cell) => cell.textContent.includes(wanted)));
    return painted();
  },
  /** Milliseconds from the click on `selector` until the queue shows live rows other than those before. */
  async untilShown(selector) {
    const before = text();
    const target = document.querySelector(selector);
    if (target === null) throw new Error(`Nothing to click at ${selector}`);
    const startedAt = now();
    target.click();
    await until(() => rows().length > 0 && !document.querySelector('[data-dim]') && text() !== before);
    return (await painted()) - startedAt;
  },
  /** Epoch milliseconds at which this text has been painted inside `selector`. */
  async textPainted(selector, wanted) {
    await until(() => document.querySelector(selector)?.textContent.includes(wanted));
    return painted();
  },
  /** Waits for the next key; `answered` tells how long after it each of these effects was another one, and painted. */
  armKey(effects) {
    const pressed = new Promise((resolve) => {
      const hear = (event) => resolve(performance.timeOrigin + event.timeStamp);
      addEventListener('keydown', hear, { capture: true, once: true });
    });
    const seen = effects.map(async (effect) => {
      const read = keyEffects[effect];
      const before = read();
      await until(() => ![null, before].includes(read()));
      return painted();
    });
    answers = Promise.all([pressed, ...seen]).then(([at, ...times]) => times.map((time) => time - at));
  },
  answered: () => answers,
  /** Scrolls the queue by so many pixels per frame; how long each frame took. */
  async scroll(frames, pixels) {
    const scroller = document.querySelector(grid);
    const ends = [];
    for (let frame = 0; frame <= frames; frame += 1) {
      ends.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
      scroller.scrollTop += pixels;
    }
    return ends.slice(1).map((end, index) => end - ends[index]);
  },
  /** What the page remembers of this person's queue; taken up by the next load. */
  remember(values) {
    const prefix = 'pult.preferences.';
    const own = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    for (const key of new Set([`${prefix}desk`, ...own])) {
      const known = JSON.parse(localStorage.getItem(key) ?? '{}');
      localStorage.setItem(key, JSON.stringify({ ...known, ...values }));
    }
  },
};
