import type { RouteKind } from '../../../shared/domain/route-kinds.ts';
import type { CreateDriver } from '../route-driver.ts';
import { createBotDriver } from './bot/bot-driver.ts';
import { createMaxDriver } from './max/max-driver.ts';
import { createWhatsappRoute } from './whatsapp/whatsapp-route.ts';
import { createFcmRoute } from './fcm/fcm-route.ts';
import { createGotifyRoute } from './gotify/gotify-route.ts';
import { createNtfyRoute } from './ntfy/ntfy-route.ts';
import { createHttpSms } from './http-sms/http-sms.ts';
import { createSmsc } from './smsc/smsc.ts';
import { createExolve } from './exolve/exolve.ts';
import { createMobizon } from './mobizon/mobizon.ts';
import { createTwilio } from './twilio/twilio.ts';
import { createSmpp } from './smpp/smpp.ts';
import { createSmsaero } from './smsaero/smsaero.ts';

/** Drivers that need nothing of the desk but their route; the others are made where the desk is composed. */
export const allDrivers: Readonly<Partial<Record<RouteKind, CreateDriver>>> = {
  bot: createBotDriver,
  max: createMaxDriver,
  'http-sms': createHttpSms,
  smsaero: createSmsaero,
  smpp: createSmpp,
  twilio: createTwilio,
  mobizon: createMobizon,
  exolve: createExolve,
  smsc: createSmsc,
  ntfy: createNtfyRoute,
  gotify: createGotifyRoute,
  fcm: createFcmRoute,
  whatsapp: createWhatsappRoute,
};
