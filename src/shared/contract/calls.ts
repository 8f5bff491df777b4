export const callsContract = {} as const;
