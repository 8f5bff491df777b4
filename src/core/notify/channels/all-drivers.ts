import type { RouteKind } from '../../../shared/domain/route-kinds.ts';
import type { CreateDriver } from '../route-driver.ts';
import { createHttpSms } from './http-sms/http-sms.ts';
import { createSmsaero } from './smsaero/smsaero.ts';

/** Drivers that need nothing of the desk but their route; the others are made where the desk is composed. */
export const allDrivers: Readonly<Partial<Record<RouteKind, CreateDriver>>> = {
  'http-sms': createHttpSms,
  smsaero: createSmsaero,
};
