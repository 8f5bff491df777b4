import type { RouteKindSpec } from './route-kind-spec.ts';

export const mobizonKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered'],
  fields: [
    { name: 'apiKey', as: 'text', secret: true, required: true },
    { name: 'sender', as: 'text' },
    { name: 'validMinutes', as: 'number', further: true, initial: '1440' },
    { name: 'baseUrl', as: 'url', further: true, initial: 'https://api.mobizon.kz/' },
  ],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
