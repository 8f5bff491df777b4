import { createHmac, timingSafeEqual } from 'node:crypto';
import { fieldOf, wordsOf } from '../http-refusal.ts';

/** `sha256=<hex>` over the raw bytes; compared in constant time, so that a forger learns nothing by trying. */
export function isSigned(raw: Uint8Array, signature: string, appSecret: string): boolean {
  const wanted = Buffer.from(`sha256=${createHmac('sha256', appSecret).update(raw).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

export type WebhookChange = { readonly messages: readonly unknown[]; readonly statuses: readonly unknown[] };

/** What a webhook says about this number; one of them may bring several, also of other numbers. */
export function readWebhook(raw: Uint8Array, phoneNumberId: string): readonly WebhookChange[] {
  const envelope = parse(raw);
  return listOf(fieldOf(envelope, 'entry'))
    .flatMap((entry) => listOf(fieldOf(entry, 'changes')))
    .filter((change) => fieldOf(change, 'field') === 'messages')
    .map((change) => fieldOf(change, 'value'))
    .filter((value) => wordsOf(fieldOf(value, 'metadata', 'phone_number_id')) === phoneNumberId)
    .map((value) => ({
      messages: listOf(fieldOf(value, 'messages')),
      statuses: listOf(fieldOf(value, 'statuses')),
    }));
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(raw).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
