import type { RouteKindSpec } from './route-kind-spec.ts';

export const httpSmsKind = {
  channel: 'sms',
  receipts: ['accepted', 'delivered', 'read'],
  fields: [
    { name: 'method', as: 'choice', values: ['POST', 'GET', 'PUT'], initial: 'POST' },
    { name: 'url', as: 'text', required: true },
    { name: 'headers', as: 'long-text' },
    { name: 'bodyType', as: 'choice', values: ['json', 'form', 'xml', 'text'], initial: 'json' },
    { name: 'body', as: 'long-text' },
    // What the templates call {{login}}, {{password}} and {{sender}}.
    { name: 'login', as: 'text' },
    { name: 'password', as: 'text', secret: true },
    { name: 'sender', as: 'text' },
    { name: 'numberForm', as: 'choice', values: ['digits', 'plus', 'national'], initial: 'digits' },
    { name: 'successAt', as: 'text' },
    { name: 'successPattern', as: 'text' },
    { name: 'idAt', as: 'text' },
    { name: 'errorAt', as: 'text', further: true },
    { name: 'errorMap', as: 'long-text', further: true },
    { name: 'costAt', as: 'text', further: true },
    { name: 'statusUrl', as: 'text', further: true },
    { name: 'statusBody', as: 'long-text', further: true },
    { name: 'statusAt', as: 'text', further: true },
    { name: 'statusMap', as: 'long-text', further: true },
    { name: 'testUrl', as: 'text', further: true },
    { name: 'caCertificate', as: 'long-text', further: true },
  ],
  perMinute: 60,
  paid: true,
  listens: false,
} as const satisfies RouteKindSpec;
