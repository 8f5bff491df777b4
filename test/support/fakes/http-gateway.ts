import {
  fieldsOf,
  startHttpService,
  type ServiceAnswer,
  type ServiceRequest,
} from '../../../src/core/training/services/http-service.ts';
import type { RouteScene } from '../route-contract.ts';

export type GatewayMessage = {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  status: string;
};

/** A gateway nobody heard of, with JSON in and out and a Bearer key. */
export async function startHttpGateway() {
  const key = 'gateway-key';
  const messages: GatewayMessage[] = [];
  const requests: ServiceRequest[] = [];
  let scene: RouteScene = 'well';

  const send = (request: ServiceRequest): ServiceAnswer => {
    const { to = '', text = '' } = fieldsOf(request);
    if (!/^\+\d{10,15}$/.test(to) || text === '')
      return { body: { ok: false, error: { code: 'bad-field' } } };
    if (scene === 'refuses') return { body: { ok: false, error: { code: 'blocked' } } };
    const message = { id: `m-${messages.length + 1}`, to, text, status: 'QUEUED' };
    messages.push(message);
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { body: '<html>ok</html>' };
    return { body: { ok: true, data: [{ id: message.id, price: '2.15' }] } };
  };

  const service = await startHttpService((request) => {
    requests.push(request);
    if (scene === 'locked-out' || request.headers['authorization'] !== `Bearer ${key}`) {
      return { status: 401, body: { ok: false, error: { code: 'auth' } } };
    }
    if (scene === 'throttles') return { status: 429, headers: { 'retry-after': '3' }, body: { ok: false } };
    if (request.path === '/balance') return { body: 'balance 120.50' };
    if (request.path === '/send') return send(request);
    const found = messages.find(({ id }) => request.path === `/status/${id}`);
    return found ? { body: { state: found.status } } : { status: 404, body: { ok: false } };
  });
  return {
    ...service,
    key,
    messages: messages as readonly GatewayMessage[],
    requests: requests as readonly ServiceRequest[],
    play: (next: RouteScene) => {
      scene = next;
    },
  };
}
