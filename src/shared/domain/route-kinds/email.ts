import type { RouteKindSpec } from './route-kind-spec.ts';

export const emailKind = {
  channel: 'email',
  receipts: ['accepted', 'acknowledged'],
  // A mailbox of the desk: it signs in as the mailbox does, and what comes back is read with its letters.
  fields: [{ name: 'account', as: 'account', required: true }],
  perMinute: 60,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
