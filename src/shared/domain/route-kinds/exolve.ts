import type { RouteKindSpec } from './route-kind-spec.ts';

export const exolveKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered'],
  fields: [
    { name: 'apiKey', as: 'text', secret: true, required: true },
    { name: 'sender', as: 'text', required: true },
    { name: 'baseUrl', as: 'url', further: true, initial: 'https://api.exolve.ru/' },
  ],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
