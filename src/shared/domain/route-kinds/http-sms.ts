import type { RouteKindSpec } from './route-kind-spec.ts';

export const httpSmsKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered'],
  fields: [],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
