import type { RouteKindSpec } from './route-kind-spec.ts';

export const fcmKind = {
  channel: 'push',
  receipts: ['accepted'],
  fields: [],
  perMinute: 60,
  paid: false,
  listens: false,
} as const satisfies RouteKindSpec;
