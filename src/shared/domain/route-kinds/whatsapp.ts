import type { RouteKindSpec } from './route-kind-spec.ts';

export const whatsappKind = {
  channel: 'whatsapp',
  receipts: ['accepted', 'delivered', 'read', 'acknowledged'],
  fields: [],
  perMinute: 60,
  paid: true,
  listens: true,
} as const satisfies RouteKindSpec;
