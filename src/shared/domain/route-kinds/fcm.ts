import type { RouteKindSpec } from './route-kind-spec.ts';

/** The address is the registration token of somebody's app, or `/topics/<name>`. */
export const fcmKind = {
  channel: 'push',
  receipts: ['accepted'],
  fields: [
    // The JSON of a service account as the console gives it: project, key, and where tokens are got.
    { name: 'serviceAccount', as: 'long-text', secret: true, required: true },
    { name: 'server', as: 'url', further: true, initial: 'https://fcm.googleapis.com' },
  ],
  perMinute: 600,
  paid: false,
  listens: false,
} as const satisfies RouteKindSpec;
