import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDesk } from './desk.ts';
import { comboOf, comboText } from './key-combo.ts';
import type { Preferences } from './preferences.ts';
import { fixedShortcuts, shortcutIds, shortcuts, type ShortcutId } from './shortcuts.ts';

type Handler = () => void | false;

export type Hotkeys = {
  /** The latest handler of an id wins; one that answers false lets the one below have the key. */
  register(id: ShortcutId, handler: Handler): () => void;
  /** As if the key had been pressed: the palette runs actions this way. False when nobody handles it now. */
  run(id: ShortcutId): boolean;
  handles(id: ShortcutId): boolean;
  handle(event: KeyboardEvent): void;
};

/** How long G waits for the letter after it. */
const sequenceMs = 1500;

export function createHotkeys(preferences: Preferences, now: () => number = Date.now): Hotkeys {
  const handlers = new Map<ShortcutId, Handler[]>();
  let prefix: { readonly step: string; readonly at: number } | null = null;

  function run(id: ShortcutId): boolean {
    return (handlers.get(id) ?? []).toReversed().some((handler) => handler() !== false);
  }

  function find(combo: string): readonly ShortcutId[] {
    return shortcutIds.filter((id) => comboFor(preferences, id) === combo && handlers.has(id));
  }

  function startsSequence(step: string): boolean {
    return shortcutIds.some((id) => comboFor(preferences, id)?.startsWith(`${step} `));
  }

  return {
    register(id, handler) {
      handlers.set(id, [...(handlers.get(id) ?? []), handler]);
      return () => {
        const rest = (handlers.get(id) ?? []).filter((other) => other !== handler);
        if (rest.length > 0) handlers.set(id, rest);
        else handlers.delete(id);
      };
    },
    run,
    handles: (id) => handlers.has(id),
    handle(event) {
      if (event.defaultPrevented || event.isComposing) return;
      const step = comboOf(event);
      if (step === null || belongsToField(event, step)) return;
      const before = prefix && now() - prefix.at < sequenceMs ? prefix.step : null;
      prefix = null;
      const combo = before === null ? step : `${before} ${step}`;
      if (find(combo).some(run)) event.preventDefault();
      else if (before === null && startsSequence(step)) prefix = { step, at: now() };
    },
  };
}

/** What the person has set, or the map's own; null when switched off. */
export function comboFor(preferences: Preferences, id: ShortcutId): string | null {
  const { shortcutsOn, shortcuts: own } = preferences.store.getState();
  if (fixedShortcuts.has(id)) return shortcuts[id].combo;
  const combo = own[id] === undefined ? shortcuts[id].combo : own[id];
  // Switched off means single characters; what has Ctrl in it cannot be typed by accident.
  return !shortcutsOn && !combo?.includes('Mod+') ? null : combo;
}

/** Typing, and keys that a widget lives by, are not ours. */
function belongsToField(event: KeyboardEvent, step: string): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || step.startsWith('Mod+')) return false;
  if (target.closest('[role=dialog],[role=menu],[role=listbox],[data-own-keys]')) return true;
  // A choice lives by these keys and types nothing.
  if (target.matches('[type=radio],[type=checkbox]')) return /^(Space|Enter|Arrow)/.test(step);
  if (target.matches('input,textarea,select,[contenteditable=true]')) return step !== 'Escape';
  const pressing = step === 'Enter' || step === 'Space' || step === 'Shift+Enter';
  return pressing && target.matches('button,a,summary,[role=tab],[role=option]');
}

/** Binds while the component lives; the handler may change without binding anew. */
export function useShortcut(id: ShortcutId, handler: Handler, enabled = true): void {
  const { hotkeys } = useDesk();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(
    () => (enabled ? hotkeys.register(id, () => latest.current()) : undefined),
    [hotkeys, id, enabled],
  );
}

/** The key as text for tooltips and labels; undefined when switched off. */
export function useKeys(): (id: ShortcutId) => string | undefined {
  const { preferences } = useDesk();
  useStore(preferences.store, (state) => state.shortcuts);
  useStore(preferences.store, (state) => state.shortcutsOn);
  return (id) => {
    const combo = comboFor(preferences, id);
    return combo === null ? undefined : comboText(combo);
  };
}
