import type { RouteKindSpec } from './route-kind-spec.ts';

export const maxKind = {
  channel: 'max',
  receipts: ['accepted', 'acknowledged'],
  fields: [
    { name: 'token', as: 'text', secret: true, required: true },
    { name: 'baseUrl', as: 'url', required: true, initial: 'https://platform-api2.max.ru', further: true },
  ],
  // About thirty a second are said to be taken; half of it leaves room for answers.
  perMinute: 900,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
