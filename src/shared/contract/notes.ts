/** What dispatchers keep and tell each other: notes, favourites, reading; and what is done to several at once. */
export const notesContract = {} as const;
