export const laddersContract = {} as const;
