import type { RouteKindSpec } from './route-kind-spec.ts';

/** The address is a topic: whoever knows its name reads it, so it is made up and long. */
export const ntfyKind = {
  channel: 'push',
  receipts: ['accepted', 'acknowledged'],
  fields: [
    { name: 'server', as: 'url', required: true, initial: 'https://ntfy.sh' },
    { name: 'token', as: 'text', secret: true },
    // Buttons post here and Pult reads it; without it nothing comes back.
    { name: 'replyTopic', as: 'text' },
    // Goes to the phones inside of the buttons: may write the reply topic and nothing else.
    { name: 'replyToken', as: 'text', secret: true, further: true },
  ],
  perMinute: 12,
  paid: false,
  listens: true,
} as const satisfies RouteKindSpec;
