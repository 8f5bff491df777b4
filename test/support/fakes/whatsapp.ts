import { createHmac } from 'node:crypto';
import { type Answer, type Asked, startLoopbackHttp } from './loopback-http.ts';

type Scene =
  | 'well'
  | 'refuses'
  | 'throttles'
  | 'silent'
  | 'hangs-up'
  | 'garbage'
  | 'locked-out'
  | 'pair-rate';

export type WaMessage = {
  readonly to: string;
  readonly type: 'text' | 'interactive' | 'template' | 'image' | 'document' | 'video';
  readonly biz_opaque_callback_data: string;
  readonly text?: { readonly body: string };
  readonly interactive?: {
    readonly header?: Readonly<Record<string, unknown>>;
    readonly body: { readonly text: string };
    readonly action: {
      readonly buttons: readonly { readonly reply: { readonly id: string; readonly title: string } }[];
    };
  };
  readonly template?: {
    readonly name: string;
    readonly language: { readonly code: string };
    readonly components: readonly {
      readonly type: string;
      readonly index?: string;
      readonly parameters: readonly { readonly text?: string; readonly payload?: string }[];
    }[];
  };
  readonly image?: { readonly id: string; readonly caption?: string };
};

export const phoneNumberId = '106540352242922';
const dayMs = 24 * 3_600_000;
const error = (status: number, code: number, message: string): Answer => ({
  status,
  json: { error: { message, type: 'OAuthException', code, fbtrace_id: 'Az8or2' } },
});

/** Graph API of one number: messages with the 24-hour rule, media, and webhooks that are signed as Meta's are. */
export async function startFakeWhatsapp(now: () => number) {
  const token = 'EAAGtest';
  const appSecret = 'app-secret-of-a-test';
  let scene: Scene = 'well';
  let hook: string | undefined;
  const messages: (WaMessage & { readonly id: string })[] = [];
  const windows = new Map<string, number>();
  const media = new Map<string, { readonly bytes: Buffer; readonly mimeType: string }>();

  function send({ text, headers }: Asked): Answer {
    if (headers['content-type'] !== 'application/json') throw new Error('No JSON');
    const body = JSON.parse(text) as WaMessage & Record<string, unknown>;
    if (body['messaging_product'] !== 'whatsapp')
      return error(400, 100, '(#100) messaging_product is required');
    if (!/^\d{7,15}$/.test(body.to)) return error(400, 131009, '(#131009) Parameter value is not valid');
    const fault = faultOf(body);
    if (fault) return fault;
    if (scene === 'refuses') return error(400, 131026, '(#131026) Message undeliverable');
    if (scene === 'throttles') return error(429, 130429, '(#130429) Rate limit hit');
    if (scene === 'pair-rate') return error(400, 131056, '(#131056) Pair rate limit hit');
    const id = `wamid.${messages.length + 1}`;
    messages.push({ ...body, id });
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { status: 200, body: '<html></html>' };
    return {
      status: 200,
      json: {
        messaging_product: 'whatsapp',
        contacts: [{ input: body.to, wa_id: body.to }],
        messages: [{ id }],
      },
    };
  }

  function faultOf(body: WaMessage): Answer | undefined {
    const opened = windows.get(body.to);
    if (body.type !== 'template' && (opened === undefined || now() - opened >= dayMs)) {
      return error(400, 131047, '(#131047) Re-engagement message');
    }
    const buttons = body.interactive?.action.buttons ?? [];
    if (buttons.length > 3) return error(400, 131009, '(#131009) too many buttons');
    if (buttons.some(({ reply }) => [...reply.title].length > 20 || reply.id.length > 256)) {
      return error(400, 131009, '(#131009) button too long');
    }
    if (
      [...(body.text?.body ?? '')].length > 4096 ||
      [...(body.interactive?.body.text ?? '')].length > 1024
    ) {
      return error(400, 131009, '(#131009) too long');
    }
    const places = body.template?.components.flatMap(({ parameters }) => parameters) ?? [];
    if (places.some(({ text = '' }) => /[\n\t]| {4}/.test(text)))
      return error(400, 132018, '(#132018) new lines');
    if (body.template && body.template.name !== 'pult_call')
      return error(404, 132001, '(#132001) no template');
    return undefined;
  }

  function upload({ headers, text }: Asked): Answer {
    if (!(headers['content-type'] ?? '').startsWith('multipart/form-data; boundary='))
      throw new Error('No form');
    if (!/name="messaging_product"\r\n\r\nwhatsapp/.test(text) || !/name="file"; filename=/.test(text)) {
      return error(400, 100, '(#100) parameter missing');
    }
    const id = `media${media.size + 1}`;
    media.set(id, { bytes: Buffer.from('uploaded'), mimeType: 'image/jpeg' });
    return { status: 200, json: { id } };
  }

  const server = await startLoopbackHttp((asked): Answer => {
    if (asked.headers['authorization'] !== `Bearer ${token}` || scene === 'locked-out') {
      return error(401, 190, 'Error validating access token');
    }
    const path = asked.path.replace('/v23.0', '');
    if (asked.method === 'POST' && path === `/${phoneNumberId}/messages`) return send(asked);
    if (asked.method === 'POST' && path === `/${phoneNumberId}/media`) return upload(asked);
    if (path === `/${phoneNumberId}`) {
      return {
        status: 200,
        json: { id: phoneNumberId, display_phone_number: '+7 900 555-01-01', verified_name: 'НБ' },
      };
    }
    const [, id = '', bytes] = path.split('/');
    const file = media.get(id);
    if (!file) return error(404, 100, '(#100) unknown');
    if (bytes !== undefined) return { status: 200, body: file.bytes };
    return { status: 200, json: { id, mime_type: file.mimeType, url: `${server.url}/v23.0/${id}/bytes` } };
  });

  /** Several in one call, as Meta does when it is behind. */
  async function call(
    values: readonly Readonly<Record<string, unknown>>[],
    secret = appSecret,
  ): Promise<void> {
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: values.map((value) => ({
        id: '1',
        changes: [
          {
            field: 'messages',
            value: { messaging_product: 'whatsapp', metadata: { phone_number_id: phoneNumberId }, ...value },
          },
        ],
      })),
    });
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const answer = await fetch(hook ?? '', {
      method: 'POST',
      body,
      headers: { 'x-hub-signature-256': signature },
    });
    if (!answer.ok) throw new Error(`The webhook got ${answer.status}`);
  }

  const seconds = () => String(Math.floor(now() / 1000));
  return {
    url: server.url,
    token,
    appSecret,
    messages: messages as readonly (WaMessage & { readonly id: string })[],
    /** Where webhooks go. */
    hookTo(url: string) {
      hook = url;
    },
    openWindow(waId: string) {
      windows.set(waId, now());
    },
    closeWindow(waId: string) {
      windows.delete(waId);
    },
    putMedia(id: string, bytes: Buffer, mimeType: string) {
      media.set(id, { bytes, mimeType });
    },
    call,
    status: (id: string, status: string, more: Readonly<Record<string, unknown>> = {}) =>
      call([{ statuses: [{ id, status, timestamp: seconds(), recipient_id: '79005550112', ...more }] }]),
    message: (from: string, message: Readonly<Record<string, unknown>>, secret?: string) => {
      if (secret === undefined) windows.set(from, now());
      return call(
        [
          {
            messages: [{ from, id: `wamid.in.${JSON.stringify(message)}`, timestamp: seconds(), ...message }],
          },
        ],
        secret,
      );
    },
    play(next: Scene) {
      scene = next;
    },
    stop: server.stop,
  };
}
