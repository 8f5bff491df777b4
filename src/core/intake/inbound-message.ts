export type * from '../platform/inbound-message.ts';
