export const clocks = {} as const;
