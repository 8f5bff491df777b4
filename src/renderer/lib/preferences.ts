import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { chatFilters } from '../../shared/contract/chats.ts';
import { queueFilter, queueSort } from '../../shared/contract/incidents.ts';

/** Every field falls back by itself: a value another version wrote must not lose the rest. */
const schema = z.object({
  theme: z.enum(['system', 'dark', 'light']).catch('system'),
  language: z.enum(['ru', 'en']).catch('ru'),
  density: z.enum(['compact', 'comfortable']).catch('compact'),
  /** null follows the width of the window. */
  railCollapsed: z.boolean().nullable().catch(null),
  /** Share of the queue in the split with the card. */
  split: z.number().min(0.3).max(0.75).catch(0.55),
  /** Share of the list in the split with the chat. */
  chatSplit: z.number().min(0.2).max(0.6).catch(0.34),
  chatFilter: z.enum(chatFilters).catch('all'),
  hiddenColumns: z.array(z.string()).catch([]),
  soundOn: z.boolean().catch(true),
  volume: z.number().min(0).max(1).catch(0.6),
  /** What sends a message to a chat; a line then ends with Shift+Enter. */
  answerSend: z.enum(['mod-enter', 'enter']).catch('mod-enter'),
  shortcutsOn: z.boolean().catch(true),
  /** What differs from app's own map; null is switched off. */
  shortcuts: z.record(z.string(), z.string().nullable()).catch({}),
  /** The warning about the key file has been read by this person. */
  secretsFileSeen: z.boolean().catch(false),
  queueFilter: queueFilter.nullable().catch(null),
  queueSort: queueSort.nullable().catch(null),
});

export type PreferenceValues = Readonly<z.infer<typeof schema>>;

export type Preferences = {
  readonly store: StoreApi<PreferenceValues>;
  set(values: Partial<PreferenceValues>): void;
  /** Takes up another person's choices; null is the screen before signing in. */
  load(personId: number | null): void;
};

const keyOf = (personId: number | null): string => `pult.preferences.${personId ?? 'desk'}`;

/** The page's own choices, kept in this browser for each person; what was chosen last greets whoever signs in next. */
export function createPreferences(storage: Pick<Storage, 'getItem' | 'setItem'>): Preferences {
  let key = keyOf(null);
  const store = createStore<PreferenceValues>(() => read(storage, key) ?? schema.parse({}));
  return {
    store,
    set(values) {
      store.setState(values);
      const text = JSON.stringify(store.getState());
      storage.setItem(key, text);
      if (key !== keyOf(null)) storage.setItem(keyOf(null), text);
    },
    load(personId) {
      key = keyOf(personId);
      const values = read(storage, key);
      if (values) store.setState(values);
    },
  };
}

function read(storage: Pick<Storage, 'getItem'>, key: string): PreferenceValues | undefined {
  const text = storage.getItem(key);
  if (text === null) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Not JSON: somebody else's or a torn write; the defaults are as good.
    return undefined;
  }
}
