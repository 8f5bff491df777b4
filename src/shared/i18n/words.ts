/**
 * The same keys with other words. Russian plurals have forms (`_few`, `_many`) that English has not; all other keys
 * must be there.
 */
export type Words<T> = {
  readonly [K in keyof T as K extends `${string}_few` | `${string}_many` ? never : K]: T[K] extends string
    ? string
    : Words<T[K]>;
};
