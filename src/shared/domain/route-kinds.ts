import { botKind } from './route-kinds/bot.ts';
import { telegramKind } from './route-kinds/telegram.ts';
import { emailKind } from './route-kinds/email.ts';
import { smsaeroKind } from './route-kinds/smsaero.ts';
import { smscKind } from './route-kinds/smsc.ts';
import { exolveKind } from './route-kinds/exolve.ts';
import { mobizonKind } from './route-kinds/mobizon.ts';
import { twilioKind } from './route-kinds/twilio.ts';
import { httpSmsKind } from './route-kinds/http-sms.ts';
import { mailSmsKind } from './route-kinds/mail-sms.ts';
import { smppKind } from './route-kinds/smpp.ts';
import { ntfyKind } from './route-kinds/ntfy.ts';
import { gotifyKind } from './route-kinds/gotify.ts';
import { fcmKind } from './route-kinds/fcm.ts';
import { whatsappKind } from './route-kinds/whatsapp.ts';
import { maxKind } from './route-kinds/max.ts';
import type { RouteKindSpec } from './route-kinds/route-kind-spec.ts';

/** Every way a channel can be sent by; what the settings screen asks for it is said here, once. */
export const routeKinds = {
  bot: botKind,
  telegram: telegramKind,
  email: emailKind,
  smsaero: smsaeroKind,
  smsc: smscKind,
  exolve: exolveKind,
  mobizon: mobizonKind,
  twilio: twilioKind,
  'http-sms': httpSmsKind,
  'mail-sms': mailSmsKind,
  smpp: smppKind,
  ntfy: ntfyKind,
  gotify: gotifyKind,
  fcm: fcmKind,
  whatsapp: whatsappKind,
  max: maxKind,
} as const satisfies Readonly<Record<string, RouteKindSpec>>;

export type RouteKind = keyof typeof routeKinds;
export const routeKindNames = Object.keys(routeKinds) as readonly RouteKind[];
