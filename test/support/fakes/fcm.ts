import { createVerify, generateKeyPairSync } from 'node:crypto';
import { type Answer, type Asked, startLoopbackHttp } from './loopback-http.ts';

type Scene =
  | 'well'
  | 'refuses'
  | 'throttles'
  | 'silent'
  | 'hangs-up'
  | 'garbage'
  | 'locked-out'
  | 'overloaded'
  | 'forgets-token';

export type FcmMessage = {
  readonly token?: string;
  readonly topic?: string;
  readonly notification: { readonly title: string; readonly body: string };
  readonly data: Readonly<Record<string, string>>;
  readonly android: { readonly priority: string };
};

const lifeSeconds = 3599;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const error = (code: number, status: string, errorCode: string, message: string, headers = {}): Answer => ({
  status: code,
  headers,
  json: {
    error: {
      code,
      message,
      status,
      details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }],
    },
  },
});

/** The token endpoint and messages:send of HTTP v1: signatures, scope and lives of tokens are checked by `now`. */
export async function startFakeFcm(now: () => number) {
  let scene: Scene = 'well';
  let refused = 0;
  const messages: FcmMessage[] = [];
  const tokens = new Map<string, number>();
  const clientEmail = 'pult@towers-push.iam.example';

  function giveToken({ text, headers }: Asked): Answer {
    if (headers['content-type'] !== 'application/x-www-form-urlencoded') throw new Error('No form');
    const form = new URLSearchParams(text);
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      return { status: 400, json: { error: 'unsupported_grant_type' } };
    }
    const why = faultOf(form.get('assertion') ?? '');
    if (why !== undefined || scene === 'locked-out') {
      return {
        status: 400,
        json: { error: 'invalid_grant', error_description: why ?? 'Invalid JWT Signature.' },
      };
    }
    const token = `ya29.${tokens.size + 1}`;
    tokens.set(token, now() + lifeSeconds * 1000);
    return { status: 200, json: { access_token: token, expires_in: lifeSeconds, token_type: 'Bearer' } };
  }

  function faultOf(assertion: string): string | undefined {
    const [head = '', body = '', signature = ''] = assertion.split('.');
    const isSigned = createVerify('RSA-SHA256')
      .update(`${head}.${body}`)
      .verify(publicKey, Buffer.from(signature, 'base64url'));
    if (!isSigned) return 'Invalid JWT Signature.';
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<string, unknown>;
    if (claims['iss'] !== clientEmail) return 'Invalid issuer';
    if (claims['aud'] !== `${server.url}/token`) return 'Invalid audience';
    if (claims['scope'] !== 'https://www.googleapis.com/auth/firebase.messaging') return 'Invalid scope';
    const [from, to] = [Number(claims['iat']), Number(claims['exp'])];
    if (to - from > 3600 || Math.abs(from * 1000 - now()) > 300_000)
      return 'Invalid JWT: check your iat and exp';
    return undefined;
  }

  function send({ headers, bytes }: Asked): Answer {
    const until = tokens.get((headers['authorization'] ?? '').replace(/^Bearer /, ''));
    if (until === undefined || until <= now()) refused += 1;
    if (until === undefined || until <= now())
      return error(401, 'UNAUTHENTICATED', '', 'Invalid credentials');
    if (bytes.length > 4096) return error(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'Payload too large');
    const { message } = JSON.parse(bytes.toString('utf8')) as { message: FcmMessage };
    if ((message.token === undefined) === (message.topic === undefined)) {
      return error(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'Exactly one of token, topic');
    }
    if (Object.values(message.data).some((value) => typeof value !== 'string')) {
      return error(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'Invalid value at data');
    }
    if (scene === 'refuses')
      return error(404, 'NOT_FOUND', 'UNREGISTERED', 'Requested entity was not found.');
    if (scene === 'throttles') {
      return error(429, 'RESOURCE_EXHAUSTED', 'QUOTA_EXCEEDED', 'Quota exceeded', { 'retry-after': '90' });
    }
    if (scene === 'overloaded') {
      return error(503, 'UNAVAILABLE', 'UNAVAILABLE', 'Try again', { 'retry-after': '7' });
    }
    messages.push(message);
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { status: 200, body: '{"name":' };
    return { status: 200, json: { name: `projects/towers-push/messages/${messages.length}` } };
  }

  const server = await startLoopbackHttp((asked): Answer => {
    if (asked.method !== 'POST') return { status: 405, body: '' };
    if (asked.path === '/token') return giveToken(asked);
    if (asked.path === '/v1/projects/towers-push/messages:send') return send(asked);
    return { status: 404, body: 'not found' };
  });
  return {
    url: server.url,
    messages: messages as readonly FcmMessage[],
    /** The JSON that the console gives out. */
    serviceAccount: JSON.stringify({
      type: 'service_account',
      project_id: 'towers-push',
      client_email: clientEmail,
      token_uri: `${server.url}/token`,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }),
    get tokensGiven() {
      return tokens.size;
    },
    /** Messages that came with a token that lives no more. */
    get refused() {
      return refused;
    },
    forgetTokens() {
      for (const token of tokens.keys()) tokens.set(token, 0);
    },
    play(next: Scene) {
      scene = next;
    },
    stop: server.stop,
  };
}
