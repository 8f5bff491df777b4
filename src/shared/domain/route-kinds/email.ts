import type { RouteKindSpec } from './route-kind-spec.ts';

export const emailKind = {
  channel: 'email',
  receipts: ['accepted', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
