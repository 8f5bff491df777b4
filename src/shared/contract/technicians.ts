export const techniciansContract = {} as const;
