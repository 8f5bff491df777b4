import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Preferences } from './preferences.ts';

export type Tone = 'new' | 'risk' | 'overdue' | 'late';

export type Sound = {
  /**
   * `blocked` until the browser has seen a click or a key; `off` by the person's own choice; `unheard` after a test in
   * which the person heard nothing: it plays, and nobody may count on it.
   */
  readonly store: StoreApi<{ readonly state: SoundState }>;
  /** Louder with `gain` above 1; false when another tone is still sounding or none can. */
  play(tone: Tone, gain?: number): boolean;
  /** To be called from a click or a key. */
  unlock(): Promise<void>;
  /** What the person said to a test. */
  markHeard(heard: boolean): void;
};

type SoundState = 'ready' | 'blocked' | 'off' | 'missing' | 'unheard';

/** Of an alarm, whatever the slider says: quieter than this it is silence without a word about it. */
export const quietest = 0.1;

type Note = { readonly hertz: number; readonly atMs: number; readonly lastsMs: number };

/** Told apart with eyes shut and through a closed door: rising pair, even pair, falling alarm, single chime. */
const tones: Record<Tone, readonly Note[]> = {
  new: [
    { hertz: 587, atMs: 0, lastsMs: 110 },
    { hertz: 880, atMs: 120, lastsMs: 160 },
  ],
  risk: [
    { hertz: 740, atMs: 0, lastsMs: 140 },
    { hertz: 740, atMs: 220, lastsMs: 140 },
  ],
  overdue: [
    { hertz: 988, atMs: 0, lastsMs: 160 },
    { hertz: 740, atMs: 180, lastsMs: 160 },
    { hertz: 988, atMs: 360, lastsMs: 160 },
    { hertz: 740, atMs: 540, lastsMs: 220 },
  ],
  late: [{ hertz: 523, atMs: 0, lastsMs: 260 }],
};

export function createSound(preferences: Preferences, target: Window = window): Sound {
  const context = 'AudioContext' in target ? new AudioContext() : null;
  let unheard = false;
  const store = createStore<{ readonly state: SoundState }>(() => ({ state: read() }));
  let busyUntil = 0;

  function read(): SoundState {
    if (!context) return 'missing';
    const { soundOn, volume } = preferences.store.getState();
    if (!soundOn || volume === 0) return 'off';
    if (context.state !== 'running') return 'blocked';
    return unheard ? 'unheard' : 'ready';
  }

  const refresh = (): void => store.setState({ state: read() });
  context?.addEventListener('statechange', refresh);
  preferences.store.subscribe(refresh);

  async function unlock(): Promise<void> {
    if (context && context.state !== 'running') await context.resume();
    refresh();
  }

  // A browser lets a page sound only after a person has touched it.
  const onGesture = (): void => void unlock().catch(refresh);
  target.addEventListener('pointerdown', onGesture, { capture: true });
  target.addEventListener('keydown', onGesture, { capture: true });

  return {
    store,
    unlock,
    markHeard(heard) {
      unheard = !heard;
      refresh();
    },
    play(tone, gain = 1) {
      const state = read();
      if (!context || (state !== 'ready' && state !== 'unheard') || context.currentTime < busyUntil)
        return false;
      const volume = Math.min(1, Math.max(quietest, preferences.store.getState().volume) * gain);
      const notes = tones[tone];
      for (const note of notes) sing(context, note, volume);
      const endMs = Math.max(...notes.map((note) => note.atMs + note.lastsMs));
      busyUntil = context.currentTime + endMs / 1000 + 0.1;
      return true;
    },
  };
}

function sing(context: AudioContext, note: Note, volume: number): void {
  const start = context.currentTime + note.atMs / 1000;
  const end = start + note.lastsMs / 1000;
  const oscillator = context.createOscillator();
  const envelope = context.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = note.hertz;
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(volume * 0.5, start + 0.012);
  envelope.gain.exponentialRampToValueAtTime(0.001, end);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(end + 0.02);
}
