import {
  fieldsOf,
  startHttpService,
  type ServiceAnswer,
} from '../../../src/core/training/services/http-service.ts';
import type { RouteScene } from '../route-contract.ts';

type Message = {
  readonly id: string;
  readonly recipient: string;
  readonly text: string;
  readonly from: string;
  status: string;
};

/** Mobizon as far as Pult uses it. */
export async function startMobizon() {
  const messages: Message[] = [];
  let scene: RouteScene | { readonly code: number; readonly data?: unknown; readonly message?: string } =
    'well';
  const say = (code: number, data: unknown, message = ''): ServiceAnswer => ({
    body: { code, data, message },
  });

  const send = (fields: Readonly<Record<string, string>>): ServiceAnswer => {
    const { recipient = '', text = '', from = '' } = fields;
    const minutes = Number(fields['params[validity]'] ?? '1440');
    if (typeof scene === 'object') return say(scene.code, scene.data ?? null, scene.message);
    if (!/^[1-9]\d{9,14}$/.test(recipient) || scene === 'refuses') {
      return say(1, { recipient: 'wrong number' }, 'Validation error');
    }
    if (text === '' || minutes < 60 || minutes > 1440) return say(1, { text: 'empty' }, 'Validation error');
    messages.push({ id: String(5001 + messages.length), recipient, text, from, status: 'NEW' });
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { body: '<?xml version="1.0"?><response/>' };
    return say(0, { campaignId: '77', messageId: messages.at(-1)!.id, status: 2 });
  };

  const service = await startHttpService((request) => {
    const { query } = request;
    const isAsked = query.get('output') === 'json' && query.get('api') === 'v1';
    if (!isAsked) return say(11, null, 'parameter');
    if (scene === 'locked-out' || query.get('apiKey') !== 'kz-key') return say(8, null, 'Login failed');
    if (scene === 'throttles') return say(30, null, 'Too many requests');
    const fields = fieldsOf(request);
    if (request.path === '/service/message/sendSmsMessage') return send(fields);
    if (request.path === '/service/user/getOwnBalance')
      return say(0, { balance: '1520.00', currency: 'KZT' });
    if (request.path !== '/service/message/getSMSStatus') return say(2, null, 'Not found');
    const ids = (fields['ids'] ?? '').split(',');
    const found = messages.filter(({ id }) => ids.includes(id));
    return say(
      0,
      found.map(({ id, status }) => ({ id: Number(id), status, segNum: 1 })),
    );
  });
  return {
    ...service,
    messages,
    play: (next: typeof scene) => {
      scene = next;
    },
  };
}
