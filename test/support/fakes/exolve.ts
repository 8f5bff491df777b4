import { startHttpService, type ServiceAnswer } from '../../../src/core/training/services/http-service.ts';
import type { RouteScene } from '../route-contract.ts';

type Message = {
  readonly message_id: string;
  readonly destination: string;
  readonly text: string;
  status: string;
};

/** MTS Exolve as far as Pult uses it. */
export async function startExolve() {
  const messages: Message[] = [];
  let scene: RouteScene | 'no-money' | 'bad-sender' | 'broken' = 'well';
  const no = (status: number, code: string, message: string): ServiceAnswer => ({
    status,
    body: { error: { code, message } },
  });

  const send = ({ number, destination, text }: Readonly<Record<string, unknown>>): ServiceAnswer => {
    const isNumber = typeof destination === 'string' && /^[1-9]\d{9,14}$/.test(destination);
    if (!isNumber || scene === 'refuses') return no(400, 'INVALID', 'destination is invalid');
    if (number !== 'TOWERS' || scene === 'bad-sender') return no(400, 'INVALID', 'sender is not allowed');
    if (scene === 'no-money') return no(400, 'BALANCE', 'insufficient funds');
    if (scene === 'broken') return { status: 503, body: 'try later' };
    if (typeof text !== 'string' || text === '') return no(400, 'INVALID', 'text is empty');
    const message = { message_id: `49${messages.length + 1}`, destination, text, status: 'QUEUED' };
    messages.push(message);
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { body: '{"message_id":' };
    return { body: { message_id: message.message_id } };
  };

  const service = await startHttpService((request) => {
    if (scene === 'locked-out' || request.headers['authorization'] !== 'Bearer app-key') {
      return no(401, 'UNAUTHORIZED', 'no key');
    }
    if (scene === 'throttles')
      return { ...(no(429, 'RATE', 'slow down') as object), headers: { 'retry-after': '2' }, body: {} };
    const said = JSON.parse(request.body) as Readonly<Record<string, unknown>>;
    if (request.path === '/messaging/v1/SendSMS') return send(said);
    if (request.path === '/messaging/v1/GetCount') return { body: { count: messages.length } };
    // Numbers in lists come as text or not: both are met.
    const found = messages.filter(({ message_id }) => message_id === said['message_id']);
    return { body: { messages: found.map((one) => ({ ...one, message_id: Number(one.message_id) })) } };
  });
  return {
    ...service,
    messages,
    play: (next: typeof scene) => {
      scene = next;
    },
  };
}
