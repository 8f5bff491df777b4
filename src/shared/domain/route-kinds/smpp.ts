import type { RouteKindSpec } from './route-kind-spec.ts';

export const smppKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'acknowledged'],
  fields: [
    { name: 'host', as: 'text', required: true },
    { name: 'port', as: 'number', required: true, initial: '2775' },
    { name: 'security', as: 'choice', values: ['none', 'tls'], initial: 'none' },
    { name: 'systemId', as: 'text', required: true },
    { name: 'password', as: 'text', secret: true, required: true },
    { name: 'sender', as: 'text', required: true },
    { name: 'systemType', as: 'text', further: true },
    { name: 'window', as: 'number', further: true, initial: '10' },
    // How centres number what they accept: some write it in decimal in a receipt and in hexadecimal in the answer.
    { name: 'receiptIds', as: 'choice', values: ['same', 'hex', 'decimal'], initial: 'same', further: true },
    { name: 'caCertificate', as: 'long-text', further: true },
  ],
  perMinute: 600,
  paid: true,
  listens: true,
} as const satisfies RouteKindSpec;
