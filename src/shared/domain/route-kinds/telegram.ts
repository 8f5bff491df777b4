import type { RouteKindSpec } from './route-kind-spec.ts';

export const telegramKind = {
  channel: 'telegram',
  receipts: ['accepted', 'read', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
