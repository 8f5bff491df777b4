import type { RouteKindSpec } from './route-kind-spec.ts';

export const twilioKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
