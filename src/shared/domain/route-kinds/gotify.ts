import type { RouteKindSpec } from './route-kind-spec.ts';

/** The address is the token of an application in somebody's own account: a message goes to whose account it is. */
export const gotifyKind = {
  channel: 'push',
  receipts: ['accepted'],
  fields: [
    { name: 'server', as: 'url', required: true },
    // Of an account that all share; an address `gotify:` alone means it.
    { name: 'token', as: 'text', secret: true },
  ],
  perMinute: 120,
  paid: false,
  listens: false,
} as const satisfies RouteKindSpec;
