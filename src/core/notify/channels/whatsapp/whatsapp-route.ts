import { toAppError } from '../../../../shared/errors.ts';
import { routeKinds } from '../../../../shared/domain/route-kinds.ts';
import type {
  CreateDriver,
  Dispatch,
  DispatchFile,
  DispatchHooks,
  RouteDriver,
  Sent,
} from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { createHearing } from '../hearing.ts';
import { fieldOf, nothingSent, wordsOf } from '../http-refusal.ts';
import { createWhatsappClient } from './whatsapp-client.ts';
import { windowMs } from './whatsapp-cursor.ts';
import { askRelay, listenToRelay } from './whatsapp-listener.ts';
import { freeMessage, templateMessage } from './whatsapp-message.ts';
import { waId, whatsappSetup } from './whatsapp-setup.ts';

/** Near the end of a window a message would come after it. */
const marginMs = 60_000;

/**
 * WhatsApp Business Cloud. A desktop has no address that Meta could call: what becomes of messages is learnt from a
 * relay, and without one nothing but that a message was taken.
 */
export const createWhatsappRoute: CreateDriver = ({ clock, log }, config) => {
  const setup = whatsappSetup(config);
  const client = createWhatsappClient(clock, config);
  const windows = new Map<string, number>();
  const hearing = createHearing();
  const path = `/${setup.phoneNumberId}/messages`;

  async function post(body: unknown, wrote: (() => void) | undefined, signal: AbortSignal): Promise<Sent> {
    const answer = await client.call({
      method: 'POST',
      path,
      body: JSON.stringify(body),
      contentType: 'application/json',
      signal,
      ...(wrote === undefined ? {} : { wrote }),
    });
    const [first] = (fieldOf(answer.json(), 'messages') ?? []) as readonly unknown[];
    const id = wordsOf(fieldOf(first, 'id'));
    if (id === '') throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: answer.text });
    return {
      status: 'accepted',
      raw: wordsOf(fieldOf(first, 'message_status')) || 'accepted',
      providerId: id,
    };
  }

  const upload = (file: DispatchFile, signal: AbortSignal) =>
    client.upload(file, signal).catch((thrown: unknown) => {
      throw nothingSent(toAppError(thrown));
    });

  const isOpen = (address: string) => {
    const wroteAt = windows.get(waId(address));
    return wroteAt !== undefined && clock.now() - wroteAt < windowMs - marginMs;
  };

  async function send(dispatch: Dispatch, { wrote }: DispatchHooks, signal: AbortSignal): Promise<Sent> {
    const template = setup.template === '' ? undefined : templateMessage(dispatch, setup);
    if (template && !isOpen(dispatch.address)) return post(template, wrote, signal);
    const [file] = dispatch.files;
    const media = file && { ...file, id: await upload(file, signal) };
    try {
      return await post(freeMessage(dispatch, media), wrote, signal);
    } catch (thrown) {
      if (!template || toAppError(thrown).reason !== 'template-needed') throw thrown;
    }
    // The window closed earlier than was thought. The first was refused whole: this is still the one message.
    return post(template, undefined, signal);
  }

  return {
    receipts: setup.listens ? routeKinds.whatsapp.receipts : ['accepted'],
    isIdempotent: false,
    send,
    ...(setup.listens
      ? {
          listen: (inbox, signal) =>
            hearing.during(
              () => listenToRelay({ clock, log, client, windows, hearing }, config, inbox, signal),
              signal,
            ),
          health: hearing.health,
        }
      : {}),
    async test(signal) {
      const fields = 'display_phone_number,verified_name,quality_rating';
      const answer = await client.call({
        method: 'GET',
        path: `/${setup.phoneNumberId}?fields=${fields}`,
        signal,
      });
      const about = answer.json();
      if (setup.listens) await askRelay(clock, config, { after: '', wait: 0 }, signal);
      return {
        facts: {
          phone: wordsOf(fieldOf(about, 'display_phone_number')),
          name: wordsOf(fieldOf(about, 'verified_name')),
        },
      };
    },
  } satisfies RouteDriver;
};
