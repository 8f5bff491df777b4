/** Apart from the schemas: the preload of a sandboxed page carries this and no library. */
export const frameLimits = {
  /** In UTF-16 units: never more than the bytes a transport counts. */
  maxLength: 4 * 1024 * 1024,
  maxDepth: 24,
} as const;
