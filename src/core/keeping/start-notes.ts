import type { StartNoteCode } from '../../shared/domain/start-note-codes.ts';

export type StartNote = {
  readonly code: StartNoteCode;
  readonly facts: Readonly<Record<string, string | number>>;
};

/** What this start has to tell a person: shown until somebody has read it. */
export type StartNotes = {
  add(note: StartNote): void;
  list(): StartNote[];
  dismiss(code: string): void;
};

export function createStartNotes(): StartNotes {
  const notes: StartNote[] = [];
  return {
    add: (note) => void notes.push(note),
    list: () => [...notes],
    dismiss(code) {
      const at = notes.findIndex((note) => note.code === code);
      if (at >= 0) notes.splice(at, 1);
    },
  };
}
