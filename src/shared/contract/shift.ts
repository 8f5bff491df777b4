/** Coming on and going off duty, and what is handed over. */
export const shiftContract = {} as const;
