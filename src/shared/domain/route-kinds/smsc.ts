import type { RouteKindSpec } from './route-kind-spec.ts';

export const smscKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'read'],
  fields: [
    { name: 'login', as: 'text' },
    { name: 'password', as: 'text', secret: true },
    // In the place of a login and a password.
    { name: 'apiKey', as: 'text', secret: true },
    { name: 'sender', as: 'text' },
    {
      name: 'baseUrls',
      as: 'text',
      further: true,
      initial: 'https://smsc.ru/sys/ https://www2.smsc.ru/sys/',
    },
  ],
  // The same number twice within a minute, or 15 requests at once, are refused.
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
