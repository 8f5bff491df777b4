import type { RouteKindSpec } from './route-kind-spec.ts';

export const mailSmsKind = {
  channel: 'sms',
  receipts: ['accepted'],
  fields: [],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
