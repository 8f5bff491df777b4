/** What a start may have to tell; each has a text under `frame.note.` in both languages. */
export const startNoteCodes = [
  'unclean-stop',
  'restored-from-backup',
  'restored-after-damage',
  'resting',
  'secrets-locked',
] as const;

export type StartNoteCode = (typeof startNoteCodes)[number];
