import { AppError, toAppError } from '../../../../shared/errors.ts';
import { routeKinds } from '../../../../shared/domain/route-kinds.ts';
import type { NoticeMail } from '../../../platform/notice-mail.ts';
import type { Certainty } from '../../channel.ts';
import { routeError, type RouteTrouble } from '../../route-errors.ts';
import type { CreateDriver, RouteConfig } from '../../route-driver.ts';
import { noticeId } from './notice-id.ts';
import { noticeWords } from './notice-words.ts';

/**
 * Letters by a mailbox of the desk. Answers and bounces come back by the intake of that mailbox (take-letter.ts), in the
 * transaction of the letter they are in, so nothing listens here.
 */
export function createEmailRoute(mail: NoticeMail): CreateDriver {
  return (_parts, config) => ({
    receipts: routeKinds.email.receipts,
    isIdempotent: false,
    async send(dispatch, { wrote }, signal) {
      if (signal.aborted) throw new AppError('cancelled', { details: { certainty: 'not-sent' } });
      const { id, address } = mailboxOf(mail, config);
      const domain = address.split('@').at(-1) ?? 'pult.invalid';
      const letter = {
        messageId: noticeId({ ...dispatch, domain }),
        to: { name: dispatch.name, address: dispatch.address },
        urgent: dispatch.urgency === 'critical',
        files: dispatch.files,
        ...noticeWords(dispatch, address),
      };
      const { response } = await mail.send(id, letter, wrote, signal).catch((thrown: unknown) => {
        throw toMailRouteError(toAppError(thrown));
      });
      return { status: 'accepted', raw: response, providerId: dispatch.uuid };
    },
    async test() {
      const { id, address } = mailboxOf(mail, config);
      await mail.verify(id).catch((thrown: unknown) => {
        throw toMailRouteError(toAppError(thrown));
      });
      return { facts: { address } };
    },
    health() {
      const mailbox = mail.mailbox(Number(config.fields['account']));
      if (!mailbox) return { state: 'needs-attention', reason: 'route-not-set-up' };
      // Its own tile tells what is wrong with the mailbox.
      return mailbox.haltedReason === null
        ? { state: 'ok' }
        : { state: 'needs-attention', reason: 'route-login-refused' };
    },
  });
}

/** A halted mailbox is not tried: one login too many and the provider shuts the desk's letters out with it. */
function mailboxOf(mail: NoticeMail, { fields }: RouteConfig) {
  const id = Number(fields['account']);
  const mailbox = mail.mailbox(id);
  if (!mailbox) throw routeError('route-not-set-up', { certainty: 'not-sent' });
  if (mailbox.haltedReason !== null) {
    throw routeError('route-login-refused', { certainty: 'not-sent', raw: mailbox.haltedReason });
  }
  return { id, address: mailbox.address };
}

const byReason: Readonly<Record<string, RouteTrouble>> = {
  'recipient-refused': 'address-refused',
  'letter-refused': 'message-refused',
  'sender-refused': 'route-forbidden',
  'letter-too-large': 'payload-too-large',
  file: 'message-refused',
};

/** A server that refuses this recipient for now, as greylisting does: it takes it after some minutes. */
const greylistMs = 5 * 60_000;

/** From the words of letters to those of routes; what was taken back or is not paid for stays what it is. */
export function toMailRouteError(error: AppError): AppError {
  if (error.code === 'cancelled' || error.code === 'conflict') return error;
  const certainty = (error.details['certainty'] ?? 'not-sent') as Certainty;
  const { retryAfterMs } = error;
  const response = error.details['response'];
  const raw = typeof response === 'string' ? response : (error.reason ?? error.code);
  const known = { certainty, raw, cause: error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (certainty === 'unknown') {
    return routeError(error.code === 'timeout' ? 'route-timeout' : 'route-unavailable', known);
  }
  const refusal = byReason[error.reason ?? ''];
  if (certainty === 'refused') return routeError(refusal ?? 'message-refused', known);
  if (error.reason === 'account-removed') return routeError('route-not-set-up', known);
  if (error.code === 'denied') return routeError('route-login-refused', known);
  if (error.code === 'rate-limited') return routeError('route-throttled', known);
  if (error.details['scope'] === 'channel') return routeError('route-unavailable', known);
  return routeError('route-throttled', { ...known, scope: 'message', retryAfterMs: greylistMs });
}
