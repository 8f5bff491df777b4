import type { RouteKindSpec } from './route-kind-spec.ts';

export const maxKind = {
  channel: 'max',
  receipts: ['accepted', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
