/** What the desk has done, and the proof that nothing was lost. */
export const reportsContract = {} as const;
