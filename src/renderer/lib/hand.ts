export type Hand = {
  /** The person moved, pressed or turned the wheel a moment ago, or rests the pointer on the list. */
  isBusy(): boolean;
  start(signal: AbortSignal): void;
};

const restMs = 3000;

/** A pointer left lying on the list does not stop it for ever. */
const hoverMs = 15_000;

/** Tells whether moving the rows now would pull something from under the hand. */
export function createHand(
  list: () => HTMLElement | null,
  now: () => number = () => performance.now(),
  target: Window = window,
): Hand {
  let last = Number.NEGATIVE_INFINITY;
  let over = false;
  return {
    isBusy() {
      const rest = now() - last;
      const scrolled = (list()?.querySelector('[role=grid]')?.scrollTop ?? 0) > 8;
      return scrolled || rest < restMs || (over && rest < hoverMs);
    },
    start(signal) {
      const touch = (event: Event): void => {
        last = now();
        over = event.target instanceof Node && (list()?.contains(event.target) ?? false);
      };
      for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel']) {
        target.addEventListener(kind, touch, { signal, passive: true, capture: true });
      }
    },
  };
}
