import {
  fieldsOf,
  knowsBasic,
  startHttpService,
  type ServiceAnswer,
  type ServiceRequest,
} from '../../../src/core/training/services/http-service.ts';
import type { Clock } from '../../../src/core/platform/clock.ts';
import type { RouteScene } from '../route-contract.ts';

type Message = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly at: number;
  status: string;
  error: number | null;
};

/** Twilio as far as Pult uses it. */
export async function startTwilio(clock: Clock) {
  const account = 'AC00000000000000000000000000000001';
  const messages: Message[] = [];
  let scene: RouteScene | number = 'well';
  const no = (status: number, code: number, message: string): ServiceAnswer => ({
    status,
    body: { code, message, more_info: 'https://docs.example', status },
  });
  const view = ({ text, at, error, ...message }: Message) => ({
    ...message,
    body: text,
    error_code: error,
    num_segments: '1',
    price: message.status === 'delivered' ? '-0.00790' : null,
    date_created: new Date(at).toUTCString(),
    date_sent: new Date(at).toUTCString(),
  });
  const add = (message: Pick<Message, 'to' | 'from' | 'text' | 'direction' | 'status'>): Message => {
    const kept = {
      ...message,
      sid: `SM${String(messages.length + 1).padStart(32, '0')}`,
      at: clock.now(),
      error: null,
    };
    messages.push(kept);
    return kept;
  };

  const send = (request: ServiceRequest): ServiceAnswer => {
    const { To = '', From = '', Body = '', MessagingServiceSid = '' } = fieldsOf(request);
    if (typeof scene === 'number') return no(400, scene, 'told to');
    if (!/^\+[1-9]\d{9,14}$/.test(To) || scene === 'refuses')
      return no(400, 21211, "Invalid 'To' Phone Number");
    if (From !== '+14155550132' && MessagingServiceSid === '') return no(400, 21212, "Invalid 'From' Number");
    if (Body.length > 1600) return no(400, 21617, 'The concatenated message body exceeds 1600');
    const message = add({ to: To, from: From, text: Body, direction: 'outbound-api', status: 'queued' });
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { status: 201, body: '<TwilioResponse/>' };
    return { status: 201, body: view(message) };
  };

  const service = await startHttpService((request) => {
    if (scene === 'locked-out' || !knowsBasic(request, account, 'token')) {
      return no(401, 20003, 'Authenticate');
    }
    const page = request.path.replace(`/2010-04-01/Accounts/${account}`, '');
    if (page === '.json') return { body: { friendly_name: 'Towers', status: 'active' } };
    if (page === '/Messages.json' && request.method === 'POST') {
      if (scene === 'throttles')
        return {
          ...(no(429, 20429, 'Too Many Requests') as object),
          headers: { 'retry-after': '5' },
          body: { code: 20429 },
        };
      return send(request);
    }
    if (page === '/Messages.json') {
      const found = messages.filter(({ to, at }) => {
        const since = Date.parse(request.query.get('DateSent>') ?? '1970-01-01');
        return to === request.query.get('To') && at >= since;
      });
      return { body: { messages: found.toReversed().map(view) } };
    }
    const found = messages.find(({ sid }) => page === `/Messages/${sid}.json`);
    return found ? { body: view(found) } : no(404, 20404, 'not found');
  });
  return {
    ...service,
    account,
    token: 'token',
    messages,
    /** Somebody writes to the number. */
    say: (from: string, text: string) =>
      add({ to: '+14155550132', from, text, direction: 'inbound', status: 'received' }),
    play: (next: RouteScene | number) => {
      scene = next;
    },
  };
}
