export const notificationsContract = {} as const;
