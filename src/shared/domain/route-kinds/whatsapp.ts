import type { RouteKindSpec } from './route-kind-spec.ts';

/**
 * Free words only within a day of somebody's own last message, else an approved template: its body has two places, for
 * the words and for the code, and as many quick replies as `templateButtons` says, in the order accepted, cannot.
 */
export const whatsappKind = {
  channel: 'whatsapp',
  receipts: ['accepted', 'delivered', 'read', 'acknowledged'],
  fields: [
    { name: 'phoneNumberId', as: 'text', required: true },
    { name: 'token', as: 'text', secret: true, required: true },
    { name: 'template', as: 'text' },
    { name: 'templateLanguage', as: 'text', initial: 'ru' },
    { name: 'templateButtons', as: 'choice', values: ['0', '1', '2'], initial: '0', further: true },
    // A desktop cannot be called by Meta: without a relay nothing is known but that a message was taken.
    { name: 'relay', as: 'url' },
    { name: 'relayToken', as: 'text', secret: true },
    // What webhooks are signed with; the relay need not know it.
    { name: 'appSecret', as: 'text', secret: true },
    { name: 'server', as: 'url', further: true, initial: 'https://graph.facebook.com' },
    { name: 'version', as: 'text', further: true, initial: 'v23.0' },
  ],
  perMinute: 60,
  paid: true,
  listens: true,
} as const satisfies RouteKindSpec;
