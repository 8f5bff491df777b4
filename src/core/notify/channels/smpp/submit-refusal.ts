import type { AppError } from '../../../../shared/errors.ts';
import { routeError, type RouteTrouble } from '../../route-errors.ts';
import type { Pdu } from './pdu.ts';

/** Section 5.1.3: 0x58 throttled, 0x14 queue full. */
export function isThrottled(status: number): boolean {
  return status === 0x58 || status === 0x14;
}

const troubles: Readonly<Record<number, RouteTrouble>> = {
  0x01: 'payload-too-large',
  0x04: 'route-unavailable',
  0x08: 'route-unavailable',
  0x0a: 'route-forbidden',
  0x0b: 'address-refused',
  0x14: 'route-throttled',
  0x33: 'address-refused',
  0x48: 'route-forbidden',
  0x50: 'address-refused',
  0x58: 'route-throttled',
};

/** Of a message whose parts before it were taken nothing can be read, but it must not be called unsent. */
export function submitRefusal({ status }: Pdu, isHalfSent: boolean): AppError {
  const trouble = troubles[status] ?? 'message-refused';
  const raw = `submit 0x${status.toString(16)}`;
  const certainty = trouble.startsWith('route-') && !isHalfSent ? 'not-sent' : 'refused';
  return routeError(trouble, { certainty, raw });
}
