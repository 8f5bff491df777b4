import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import { AppError, toAppError } from '../../../../shared/errors.ts';
import type { RelayAccess, RelayMail } from '../../../platform/relay-mail.ts';
import type { CreateDriver, Dispatch, RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { toMailRouteError } from '../email/email-route.ts';
import { fillTemplate } from '../http-sms/fill-template.ts';
import { phoneOf } from '../sms/sms-call.ts';

const mailAddress = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;

/** A gateway that makes an SMS of a letter: what became of it is learnt from nobody. */
export function createMailSms(relay: RelayMail): CreateDriver {
  return (_parts, config) => {
    const access = accessOf(config);
    return {
      receipts: ['accepted'],
      isIdempotent: false,
      async send(dispatch, { wrote }, signal) {
        const letter = letterOf(config, dispatch);
        const { response } = await relay.send(access, letter, wrote, signal).catch(rethrow);
        return {
          status: 'accepted',
          raw: response,
          providerId: null,
          segments: measureSms(letter.text).segments,
        };
      },
      async test() {
        // Templates are filled for nobody: what is wrong with them is found without a letter.
        const { to } = letterOf(config, { address: '+79005550100', title: '', text: '' });
        await relay.verify(access).catch(rethrow);
        return { facts: { address: to } };
      },
    };
  };
}

function accessOf({ fields, timeoutMs }: RouteConfig): RelayAccess {
  const { host = '', port = '', security = 'tls', userName = '', password = '', caCertificate = '' } = fields;
  return {
    host,
    port: Number(port) || 465,
    security: security === 'starttls' || security === 'none' ? security : 'tls',
    userName,
    password,
    caCertificate: caCertificate === '' ? null : caCertificate,
    timeoutMs,
  };
}

function letterOf({ fields }: RouteConfig, dispatch: Pick<Dispatch, 'address' | 'title' | 'text'>) {
  const { from = '', addressTemplate = '', subjectTemplate = '', bodyTemplate = '' } = fields;
  const phone = phoneOf(dispatch.address);
  const values = {
    phone,
    digits: phone.slice(1),
    text: smsText(dispatch),
    password: fields['password'] ?? '',
    userName: fields['userName'] ?? '',
  };
  const to = fillTemplate(addressTemplate, 'header', values);
  if (!mailAddress.test(to) || !mailAddress.test(from)) {
    throw routeError('route-not-set-up', { certainty: 'not-sent', raw: to });
  }
  return {
    from,
    to,
    subject: fillTemplate(subjectTemplate, 'header', values),
    text: fillTemplate(bodyTemplate || '{{text}}', 'text', values),
  };
}

function rethrow(thrown: unknown): never {
  const error = toAppError(thrown);
  throw error.details['certainty'] === undefined && error.code !== 'cancelled'
    ? toMailRouteError(
        new AppError(error.code, { details: { ...error.details, scope: 'channel' }, cause: error }),
      )
    : toMailRouteError(error);
}
