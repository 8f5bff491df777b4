/**
 * Every key of the desk, by position (`event.code`), so that a Russian layout works. `Mod` is Ctrl, or Cmd on a Mac;
 * two combos with a space are pressed one after the other. The words are in i18n under `keys.<id>`.
 */
export const shortcuts = {
  next: { group: 'list', combo: 'KeyJ' },
  previous: { group: 'list', combo: 'KeyK' },
  open: { group: 'list', combo: 'Enter' },
  openWindow: { group: 'list', combo: 'Shift+Enter' },
  search: { group: 'list', combo: 'Slash' },
  filters: { group: 'list', combo: 'KeyF' },
  views: { group: 'list', combo: 'KeyV' },
  columns: { group: 'list', combo: 'Shift+KeyV' },
  showNew: { group: 'list', combo: 'Period' },
  pillMine: { group: 'list', combo: 'Digit1' },
  pillAll: { group: 'list', combo: 'Digit2' },
  pillUnassigned: { group: 'list', combo: 'Digit3' },
  pillOverdue: { group: 'list', combo: 'Digit4' },
  pillPostponed: { group: 'list', combo: 'Digit5' },

  status: { group: 'incident', combo: 'KeyS' },
  type: { group: 'incident', combo: 'KeyT' },
  subtype: { group: 'incident', combo: 'KeyD' },
  assign: { group: 'incident', combo: 'KeyA' },
  assignMe: { group: 'incident', combo: 'Shift+KeyA' },
  close: { group: 'incident', combo: 'KeyE' },
  pause: { group: 'incident', combo: 'KeyP' },
  priority: { group: 'incident', combo: 'Shift+KeyP' },
  postpone: { group: 'incident', combo: 'KeyZ' },
  remind: { group: 'incident', combo: 'KeyB' },
  dismiss: { group: 'incident', combo: 'KeyI' },
  moveLetter: { group: 'incident', combo: 'KeyM' },
  editTitle: { group: 'incident', combo: 'F2' },
  undo: { group: 'incident', combo: 'KeyU' },
  asset: { group: 'incident', combo: 'KeyO' },
  assetAccept: { group: 'incident', combo: 'KeyY' },
  assetReject: { group: 'incident', combo: 'Shift+KeyY' },
  tabLetters: { group: 'incident', combo: 'Shift+Digit1' },
  tabHistory: { group: 'incident', combo: 'Shift+Digit2' },
  tabWhy: { group: 'incident', combo: 'Shift+Digit3' },

  reply: { group: 'letter', combo: 'KeyR' },
  replyAll: { group: 'letter', combo: 'Shift+KeyR' },
  forward: { group: 'letter', combo: 'KeyW' },
  templates: { group: 'letter', combo: 'Shift+KeyT' },
  newLetter: { group: 'letter', combo: 'Shift+KeyN' },
  send: { group: 'letter', combo: 'Mod+Enter' },
  markBold: { group: 'letter', combo: 'Mod+KeyB' },
  markItalic: { group: 'letter', combo: 'Mod+KeyI' },
  markStrike: { group: 'letter', combo: 'Mod+Shift+KeyX' },
  markCode: { group: 'letter', combo: 'Mod+Shift+KeyM' },
  markLink: { group: 'letter', combo: 'Mod+Shift+KeyK' },

  chatIncident: { group: 'chat', combo: 'Shift+KeyI' },
  chatJoin: { group: 'chat', combo: 'KeyL' },
  chatSelect: { group: 'chat', combo: 'KeyX' },
  chatRead: { group: 'chat', combo: 'Shift+KeyD' },
  chatSearch: { group: 'chat', combo: 'Shift+KeyF' },

  create: { group: 'desk', combo: 'KeyN' },
  acknowledge: { group: 'desk', combo: 'Space' },
  acknowledgeAll: { group: 'desk', combo: 'Shift+Space' },
  palette: { group: 'desk', combo: 'Mod+KeyK' },
  help: { group: 'desk', combo: 'Shift+Slash' },
  back: { group: 'desk', combo: 'Escape' },
  shift: { group: 'desk', combo: 'Shift+KeyS' },
  sound: { group: 'desk', combo: 'Shift+KeyM' },
  rail: { group: 'desk', combo: 'BracketLeft' },
  goQueue: { group: 'go', combo: 'KeyG KeyQ' },
  goChats: { group: 'go', combo: 'KeyG KeyC' },
  goOutbox: { group: 'go', combo: 'KeyG KeyO' },
  goQuarantine: { group: 'go', combo: 'KeyG KeyK' },
  goPeople: { group: 'go', combo: 'KeyG KeyP' },
  goDirectory: { group: 'go', combo: 'KeyG KeyD' },
  goAssets: { group: 'go', combo: 'KeyG KeyA' },
  goSettings: { group: 'go', combo: 'KeyG KeyS' },
  goTelegram: { group: 'go', combo: 'KeyG KeyT' },
  switchPerson: { group: 'desk', combo: 'Backquote' },
} as const satisfies Record<string, { readonly group: string; readonly combo: string }>;

export type ShortcutId = keyof typeof shortcuts;

export const shortcutIds = Object.keys(shortcuts) as readonly ShortcutId[];

/** Escape always goes back: not to be taken away. */
export const fixedShortcuts: ReadonlySet<ShortcutId> = new Set(['back']);
