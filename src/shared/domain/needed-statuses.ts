/**
 * Statuses the program itself moves incidents to or asks about, and whether each finishes. They may be renamed, painted
 * and ordered at will, but without them something would stop working.
 */
export const neededStatuses: ReadonlyMap<string, { readonly finishes: boolean }> = new Map([
  ['new', { finishes: false }],
  ['in-progress', { finishes: false }],
  ['data-requested', { finishes: false }],
  ['postponed', { finishes: false }],
  ['notifying-operator', { finishes: false }],
  ['operator-notified', { finishes: false }],
  ['handing-over', { finishes: false }],
  ['handed-over', { finishes: false }],
  ['notifying-closure', { finishes: false }],
  ['closure-notified', { finishes: false }],
  ['closed', { finishes: true }],
  ['error', { finishes: false }],
]);
