import { measureSms } from '../../../../shared/domain/sms-segments.ts';
import { AppError } from '../../../../shared/errors.ts';
import { askingWords } from '../../../../shared/domain/sms-answer-line.ts';
import type { CreateDriver, RouteConfig, RouteInbox, Sent } from '../../route-driver.ts';
import { digitsOf } from '../sms/sms-call.ts';
import { createEar } from './ear.ts';
import { commands, createReader, createWriter, type Pdu } from './pdu.ts';
import { toParts, type Part } from './message-text.ts';
import { openSession, type Session, type SmppLogin } from './session.ts';
import { isThrottled, submitRefusal } from './submit-refusal.ts';
import { createWindow } from './window.ts';
import { toPlainId } from './deliver.ts';

/** A centre that is full asks to wait, without saying how long; a message half sent is worth a little patience. */
const tooFastMs = 1000;
const mostTries = 5;

/** SMPP 3.4 to a message centre: one connection, over which messages leave and receipts and answers come. */
export const createSmpp: CreateDriver = (parts, config) => {
  const { clock } = parts;
  const login = loginOf(config);
  const window = createWindow(Number(config.fields['window']) || 10);
  const ear = createEar(clock, config.fields['receiptIds'] ?? 'same');
  const ending = new AbortController();
  let session: Promise<Session> | undefined;
  let current: Session | undefined;
  let reference = Math.floor(parts.random.number() * 256);

  /** One session for all who send; whoever comes while it is being opened waits for the same. */
  const open = (): Promise<Session> => {
    if (session && (current === undefined || current.isOpen())) return session;
    current = undefined;
    const opening = openSession(clock, login, ear.hear, ending.signal);
    session = opening;
    opening.then(
      (opened) => {
        current = opened;
      },
      () => {
        session = undefined;
      },
    );
    return opening;
  };

  const submit = async (session: Session, to: string, part: Part, isLast: boolean, signal: AbortSignal) => {
    const body = submitBody(config, to, part, isLast);
    for (let tries = 1; ; tries += 1) {
      const answer = await session.ask(commands.submitSm, body, signal);
      if (!isThrottled(answer.status) || tries === mostTries) return answer;
      // The first part has not begun anything: the engine waits, and others go meanwhile.
      if (part.esmClass === 0 || isFirst(part)) return answer;
      await clock.sleep(tooFastMs, signal);
    }
  };

  return {
    receipts: ['accepted', 'delivered', 'acknowledged'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      if (signal.aborted) throw new AppError('cancelled', { details: { certainty: 'not-sent' } });
      const to = digitsOf(dispatch.address);
      const words = askingWords(dispatch);
      reference = (reference + 1) % 256;
      const all = toParts(words, reference);
      const opened = await orAborted(open(), signal);
      const leave = await window.enter(signal);
      try {
        wrote();
        const ids: string[] = [];
        for (const [index, part] of all.entries()) {
          const answer = await submit(opened, to, part, index === all.length - 1, signal);
          if (answer.status !== 0 || answer.command !== commands.submitSmResp) {
            throw submitRefusal(answer, index > 0);
          }
          ids.push(idOf(answer));
        }
        const providerId = ids.at(-1) ?? '';
        ear.remember(ids, providerId);
        return { status: 'accepted', raw: 'accepted', providerId, segments: countOf(words, all) };
      } finally {
        leave();
      }
    },
    async listen(inbox: RouteInbox, signal) {
      const opened = await orAborted(open(), signal);
      const stop = ear.listen(inbox);
      try {
        await orAborted(opened.ended, signal).catch(() => undefined);
        if (signal.aborted) await opened.close();
      } finally {
        stop();
      }
    },
    async test(signal) {
      const wasOpen = current?.isOpen() === true;
      const opened = await orAborted(open(), signal);
      await opened.ask(commands.enquireLink, Buffer.alloc(0), signal);
      if (!wasOpen) await opened.close();
      return { facts: { centre: opened.centre } };
    },
    health: () =>
      current?.isOpen() === true ? { state: 'ok' } : { state: 'degraded', reason: 'route-unavailable' },
    async close() {
      await current?.close();
      ending.abort();
    },
  };
};

function loginOf({ fields, proxy, timeoutMs }: RouteConfig): SmppLogin {
  const { host = '', port = '', security = '', systemId = '', password = '', systemType = '' } = fields;
  return {
    target: {
      host,
      port: Number(port) || 2775,
      isTls: security === 'tls',
      caCertificate: fields['caCertificate'],
    },
    proxy,
    systemId,
    password,
    systemType,
    timeoutMs,
  };
}

/** Type and plan of a number, section 5.2.5: a name, a short number, a whole one. */
function senderKind(sender: string): readonly [ton: number, npi: number] {
  if (!/^\+?\d+$/.test(sender)) return [5, 0];
  return sender.replace('+', '').length <= 6 ? [3, 0] : [1, 1];
}

/** A receipt is asked for the last part; of those before it only that they failed. */
function submitBody({ fields }: RouteConfig, to: string, part: Part, isLast: boolean): Buffer {
  const { sender = '' } = fields;
  const [ton, npi] = senderKind(sender);
  return createWriter()
    .text('', 6)
    .byte(ton)
    .byte(npi)
    .text(sender.replace('+', ''), 21)
    .byte(1)
    .byte(1)
    .text(to, 21)
    .byte(part.esmClass)
    .byte(0)
    .byte(0)
    .text('', 17)
    .text('', 17)
    .byte(isLast ? 1 : 2)
    .byte(0)
    .byte(part.coding)
    .byte(0)
    .byte(part.bytes.length)
    .bytes(part.bytes)
    .done();
}

function isFirst({ bytes }: Part): boolean {
  return bytes[5] === 1;
}

function idOf({ body }: Pdu): string {
  return toPlainId(createReader(body).text());
}

/** What went in the wider alphabet is more than the text alone would be. */
function countOf(words: string, parts: readonly Part[]): number {
  return Math.max(parts.length, measureSms(words).segments);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const done = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new AppError('cancelled', { details: { certainty: 'not-sent' } }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: done.signal });
  });
  aborted.catch(() => undefined);
  return Promise.race([work, aborted]).finally(() => done.abort());
}
