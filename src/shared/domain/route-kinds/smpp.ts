import type { RouteKindSpec } from './route-kind-spec.ts';

export const smppKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: true,
  listens: true,
} as const satisfies RouteKindSpec;
