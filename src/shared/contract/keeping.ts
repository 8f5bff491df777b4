/** Backups, moving, retention, recovery, support. */
export const keepingContract = {} as const;
