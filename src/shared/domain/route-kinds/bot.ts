import type { RouteKindSpec } from './route-kind-spec.ts';

export const botKind = {
  channel: 'telegram',
  receipts: ['accepted', 'acknowledged'],
  fields: [
    { name: 'token', as: 'text', secret: true, required: true },
    { name: 'baseUrl', as: 'url', required: true, initial: 'https://api.telegram.org', further: true },
  ],
  // Thirty a second is the service's limit for all chats together; half of it leaves room for answers.
  perMinute: 900,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
