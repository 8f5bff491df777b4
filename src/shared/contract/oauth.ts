/** Signing a mailbox in without its password. */
export const oauthContract = {} as const;
