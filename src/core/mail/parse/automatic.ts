import type { AutomaticMark, MessageAddress } from '../../platform/inbound-message.ts';
import { readDeliveryReport, readFreeBounce } from './bounce.ts';
import { headerValue } from './header-block.ts';
import type { MimePart } from './mime-part.ts';

export type AutomaticInput = {
  readonly root: MimePart<unknown>;
  readonly from: MessageAddress | undefined;
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
};

/**
 * Who wrote the letter, when it was no person.
 *
 * `bounce` (a letter that was finally not delivered) and `auto-reply` (an answer nobody wrote, a delay notice, a read
 * receipt) never open or reopen an incident. `bulk` only informs: operators' monitoring robots send their alarms with
 * Precedence: bulk, List-Id or Auto-Submitted: auto-generated, and those alarms are what the desk lives on. So nothing
 * that merely says "sent by a machine" stops a letter; only what says "sent in answer by a machine" does.
 */
export function readAutomatic(input: AutomaticInput): AutomaticMark | undefined {
  return readReport(input) ?? readBounceWords(input) ?? readAutoReply(input) ?? readBulk(input);
}

function readReport({ root, inReplyTo }: AutomaticInput): AutomaticMark | undefined {
  const delivery = readDeliveryReport(root, inReplyTo);
  if (delivery !== undefined) {
    return delivery.isFailure
      ? { kind: 'bounce', evidence: 'delivery-status', bounce: delivery.report }
      : autoReply('delivery-status');
  }
  const reportType =
    root.type === 'multipart/report' ? root.params.get('report-type')?.toLowerCase() : undefined;
  return reportType === 'disposition-notification' ? autoReply('disposition-notification') : undefined;
}

/** Prefixes that gateways and mail filters put before a subject, such as `[!!Formal]`. */
const gatewayPrefix = String.raw`^(?:\[[^\]]{1,30}\]\s*)*`;

const bounceSubject = new RegExp(
  `${gatewayPrefix}(?:undeliver(?:able|ed)(?: mail)?\\b|не ?уда(?:е|ё|ло)(?:тся|сь)? доставить(?: сообщение| письмо)?\\s*:|` +
    'mail delivery (?:failed|failure|system)\\b|delivery status notification \\(failure\\)|delivery (?:has )?fail(?:ed|ure)\\b|' +
    'returned mail\\b|failure notice\\b|mail system error\\b|message not delivered\\b|' +
    '(?:письмо|сообщение) не доставлено|недоставленное (?:письмо|сообщение)|ошибка доставки (?:письма|сообщения|почты))',
  'iu',
);
const delaySubject = new RegExp(
  `${gatewayPrefix}(?:delivery status notification \\(delay\\)|delayed mail\\b|warning: message .{1,80} delayed|доставка отложена)`,
  'iu',
);
const bounceText =
  /could not be delivered|did not reach|delivery to the following recipients? failed|undeliverable|permanent (?:fatal )?error|не (?:было|удалось) доставлен|не доставлено/i;

function readBounceWords(input: AutomaticInput): AutomaticMark | undefined {
  const { root, from, subject, text } = input;
  if (delaySubject.test(subject)) return autoReply('subject');
  const evidence = bounceEvidence(root, from, subject, text);
  if (evidence === undefined) return undefined;
  return { kind: 'bounce', evidence, bounce: readFreeBounce(root, text, input.inReplyTo) };
}

function bounceEvidence(
  root: MimePart<unknown>,
  from: MessageAddress | undefined,
  subject: string,
  text: string,
): string | undefined {
  const local = (from?.address.split('@')[0] ?? '').toLowerCase();
  if (headerValue(root.headers, 'x-failed-recipients') !== undefined) return 'x-failed-recipients';
  if (/^mailer[-_.]?daemon$/.test(local)) return 'mailer-daemon';
  if (bounceSubject.test(subject)) return 'subject';
  // A postmaster is a person too: only with a bounce's words is the letter one.
  return local === 'postmaster' && bounceText.test(text.slice(0, 5000)) ? 'postmaster' : undefined;
}

const autoReplySubject = new RegExp(
  `${gatewayPrefix}(?:(?:re|fwd?|отв|ответ)\\s*:\\s*)*(?:automatic (?:reply|response)\\b|auto[- ]?(?:reply|response|matic reply)\\b|` +
    'out[- ]of[- ](?:the[- ])?office\\b|away from (?:the|my) office\\b|автоответ(?:чик)?(?![\\p{L}])|автоматический ответ|автоматическая отбивка|' +
    '(?:я )?(?:нахожусь )?в отпуске(?![\\p{L}])|(?:нет|отсутствую) (?:на месте|в офисе)|вне офиса)',
  'iu',
);
const autoReplyText =
  /^(?:(?:здравствуйте|добрый день|добрый вечер|доброе утро|hello|hi)[^\n]{0,60}[\s,.!]*)?(?:это автоматическ\S+ (?:ответ|сообщение)|(?:в настоящее время |сейчас )?(?:я )?(?:нахожусь |буду )?(?:в отпуске|на больничном|в командировке)(?![\p{L}])|(?:я )?(?:отсутствую|буду отсутствовать) |меня (?:нет|не будет) (?:на месте|в офисе)|(?:i am|i'm|i will be) (?:currently |now )?(?:out of (?:the )?office|on (?:vacation|holiday|leave)|away from)|this is an automatic (?:reply|response))/iu;
/** A note of absence is short; an alarm that mentions somebody's holiday is not. */
const absenceChars = 700;

function readAutoReply(input: AutomaticInput): AutomaticMark | undefined {
  const { root, subject, text } = input;
  const isReply =
    input.inReplyTo !== undefined || input.references.length > 0 || /^(?:re|отв|ответ)\s*:/iu.test(subject);
  const submitted = word(headerValue(root.headers, 'auto-submitted'));
  if (submitted === 'auto-replied' || (submitted?.startsWith('auto-') === true && isReply)) {
    return autoReply('auto-submitted');
  }
  for (const name of [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-auto-reply',
    'x-autogenerated-reply',
  ]) {
    const value = word(headerValue(root.headers, name));
    if (value !== undefined && value !== 'no' && value !== 'false') return autoReply(name);
  }
  if (/^auto[-_]reply$/.test(word(headerValue(root.headers, 'precedence')) ?? ''))
    return autoReply('precedence');
  if (autoReplySubject.test(subject)) return autoReply('subject');
  if (isReply && text.length < absenceChars && autoReplyText.test(text)) return autoReply('text');
  // A null sender alone: written by a machine that must not be answered, as vacation programs do.
  return headerValue(root.headers, 'return-path')?.replaceAll(/\s/g, '') === '<>'
    ? autoReply('null-sender')
    : undefined;
}

function readBulk({ root }: AutomaticInput): AutomaticMark | undefined {
  const precedence = word(headerValue(root.headers, 'precedence'));
  if (precedence === 'bulk' || precedence === 'junk' || precedence === 'list') return bulk('precedence');
  for (const name of ['list-id', 'list-post', 'list-unsubscribe']) {
    if (headerValue(root.headers, name) !== undefined) return bulk(name);
  }
  return word(headerValue(root.headers, 'auto-submitted'))?.startsWith('auto-') === true
    ? bulk('auto-submitted')
    : undefined;
}

function autoReply(evidence: string): AutomaticMark {
  return { kind: 'auto-reply', evidence, bounce: undefined };
}

function bulk(evidence: string): AutomaticMark {
  return { kind: 'bulk', evidence, bounce: undefined };
}

/** The first word of a header: `auto-replied; owner-email="…"` is `auto-replied`. */
function word(value: string | undefined): string | undefined {
  return value === undefined ? undefined : (/[\w-]+/.exec(value.toLowerCase())?.[0] ?? '');
}
