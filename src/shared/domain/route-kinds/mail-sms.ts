import type { RouteKindSpec } from './route-kind-spec.ts';

export const mailSmsKind = {
  channel: 'sms',
  receipts: ['accepted'],
  fields: [
    { name: 'host', as: 'text', required: true },
    { name: 'port', as: 'number', required: true, initial: '465' },
    { name: 'security', as: 'choice', values: ['tls', 'starttls', 'none'], initial: 'tls' },
    { name: 'userName', as: 'text' },
    { name: 'password', as: 'text', secret: true },
    { name: 'from', as: 'text', required: true },
    { name: 'addressTemplate', as: 'text', required: true, initial: '{{digits}}@sms.example' },
    { name: 'subjectTemplate', as: 'text', further: true },
    { name: 'bodyTemplate', as: 'long-text', further: true, initial: '{{text}}' },
    { name: 'caCertificate', as: 'long-text', further: true },
  ],
  perMinute: 30,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
