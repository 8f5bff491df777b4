export const routesContract = {} as const;
