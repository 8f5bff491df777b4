import type { RouteKindSpec } from './route-kind-spec.ts';

export const smscKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'read', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
