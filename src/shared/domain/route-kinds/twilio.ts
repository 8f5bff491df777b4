import type { RouteKindSpec } from './route-kind-spec.ts';

export const twilioKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'read', 'acknowledged'],
  fields: [
    { name: 'accountSid', as: 'text', required: true },
    { name: 'authToken', as: 'text', secret: true, required: true },
    { name: 'sender', as: 'text' },
    // In the place of a sender: the service chooses one.
    { name: 'messagingService', as: 'text', further: true },
    { name: 'readsAnswers', as: 'switch', further: true },
    { name: 'baseUrl', as: 'url', further: true, initial: 'https://api.twilio.com/' },
  ],
  perMinute: 60,
  paid: true,
  listens: true,
} as const satisfies RouteKindSpec;
