/** What a TL object does not carry is null when it was read and undefined when it was made; the types say only one. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
