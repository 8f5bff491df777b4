import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { RelayAccess, RelayLetter, RelayMail } from '../platform/relay-mail.ts';
import { withDeadline } from './deadline.ts';
import { handOverLetter } from './smtp-conversation.ts';
import { toSmtpError } from './smtp-errors.ts';
import { smtpOptions } from './smtp-options.ts';

/** Letters to gateways past every mailbox of the desk. */
export function createRelayMail({ clock }: { readonly clock: Clock }): RelayMail {
  return {
    async send(access, letter, wrote, signal) {
      if (signal.aborted) throw new AppError('cancelled', { details: { certainty: 'not-sent' } });
      const bytes = await compose(letter, clock.now());
      const late = new AbortController();
      const done = new AbortController();
      clock.sleep(access.timeoutMs, done.signal).then(
        () => late.abort(),
        () => undefined,
      );
      const conversation = {
        ...toConversation(access),
        from: letter.from,
        recipients: [letter.to],
        letter: bytes,
        wrote,
      };
      try {
        return await handOverLetter(conversation, AbortSignal.any([signal, late.signal]));
      } catch (thrown) {
        throw interrupted(thrown, signal, late.signal);
      } finally {
        done.abort();
      }
    },
    async verify(access) {
      const { secret, timing, access: smtp } = toConversation(access);
      const { auth, ...options } = smtpOptions(smtp, secret, timing);
      const transport = createTransport({ ...options, ...(access.userName === '' ? {} : { auth }) });
      try {
        await withDeadline(transport.verify(), access.timeoutMs, clock, () => transport.close());
      } catch (error) {
        throw toSmtpError(error);
      } finally {
        transport.close();
      }
    },
  };
}

function toConversation({ host, port, security, userName, password, caCertificate, timeoutMs }: RelayAccess) {
  return {
    access: { smtp: { host, port, security }, userName, caCertificate },
    secret: { password },
    timing: { connect: timeoutMs, fetch: timeoutMs },
  };
}

/** The connection was closed from here: what it says of it is that, and not why. */
function interrupted(thrown: unknown, stopping: AbortSignal, late: AbortSignal): AppError {
  const error = toAppError(thrown);
  if (!stopping.aborted && !late.aborted) return error;
  const certainty = error.details['certainty'] ?? 'unknown';
  if (stopping.aborted) return new AppError('cancelled', { details: { certainty }, cause: thrown });
  return new AppError('timeout', {
    details: { ...error.details, certainty, reason: 'timeout' },
    cause: thrown,
  });
}

async function compose({ from, to, subject, text }: RelayLetter, at: number): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to,
    subject,
    text,
    date: new Date(at),
    // RFC 3834: no vacation program answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  } as ConstructorParameters<typeof MailComposer>[0]);
  return composer.compile().build();
}
