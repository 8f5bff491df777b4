import type { RouteKindSpec } from './route-kind-spec.ts';

export const smsaeroKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered'],
  fields: [
    { name: 'login', as: 'text', required: true },
    { name: 'apiKey', as: 'text', secret: true, required: true },
    // The name it gives to who has none of their own.
    { name: 'sender', as: 'text', required: true, initial: 'SMS Aero' },
    { name: 'channelType', as: 'text', further: true },
    { name: 'testMode', as: 'switch', further: true },
    {
      name: 'baseUrls',
      as: 'text',
      further: true,
      initial: 'https://gate.smsaero.ru/v2/ https://gate.smsaero.org/v2/ https://gate.smsaero.net/v2/',
    },
  ],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
