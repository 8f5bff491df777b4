import type { Clock } from '../../platform/clock.ts';
import {
  fieldsOf,
  knowsBasic,
  startHttpService,
  type ServiceAnswer,
  type ServiceRequest,
} from './http-service.ts';

/** What it does with the next messages; `well` until told otherwise. */
export type SmsAeroScene =
  | 'well'
  | 'refuses'
  | 'throttles'
  | 'silent'
  | 'hangs-up'
  | 'garbage'
  | 'locked-out'
  | 'no-credits'
  | 'reject'
  | 'broken';

export type SmsAeroMessage = {
  readonly id: number;
  /** Digits, with the country's code. */
  readonly number: string;
  readonly text: string;
  readonly sign: string;
  readonly isTest: boolean;
  readonly at: number;
  status: number;
};

/** How long after it was taken a message comes so far; the last one that has come counts. */
export type SmsAeroCourse = readonly { readonly afterMs: number; readonly status: number }[];

export type SmsAero = {
  /** As the route's field wants it. */
  readonly url: string;
  readonly login: string;
  readonly apiKey: string;
  readonly messages: readonly SmsAeroMessage[];
  play(scene: SmsAeroScene): void;
  setStatus(id: number, status: number): void;
  stop(): Promise<void>;
};

type Options = {
  readonly clock: Clock;
  /** Money on the account; a message that costs more than is left is refused. */
  readonly balance?: number;
  /** Sender names that were agreed on. */
  readonly signs?: readonly string[];
  /** What becomes of a message by itself; nothing when left out. */
  readonly courseOf?: (message: SmsAeroMessage) => SmsAeroCourse;
  readonly onMessage?: (message: SmsAeroMessage) => void;
};

const login = 'desk@towers.example';
const apiKey = 'aero-key-0123456789abcdef';
const pageSize = 50;
const costOf = (text: string) => 3.5 * Math.max(1, Math.ceil(text.length / 67));

/**
 * The gateway SMSAero on loopback. It checks what the real one checks (Basic login, agreed sender, number, words) and
 * charges by the segment.
 */
export async function startSmsAero(options: Options): Promise<SmsAero> {
  const { clock, signs = ['SMS Aero', 'TOWERS'] } = options;
  const messages: SmsAeroMessage[] = [];
  let scene: SmsAeroScene = 'well';
  let { balance = 1_000_000 } = options;

  const statusOf = (message: SmsAeroMessage): number => {
    const course = options.courseOf?.(message) ?? [];
    const age = clock.now() - message.at;
    return course.findLast(({ afterMs }) => afterMs <= age)?.status ?? message.status;
  };
  const view = (message: SmsAeroMessage, hasAnswer: boolean) => ({
    id: message.id,
    from: message.sign,
    number: message.number,
    text: message.text,
    status: statusOf(message),
    extendStatus: statusNames[statusOf(message)] ?? 'unknown',
    channel: 'FREE SIGN',
    // Sometimes text, sometimes a number: both are met.
    cost: message.id % 2 === 0 ? String(costOf(message.text)) : costOf(message.text),
    dateCreate: Math.floor(message.at / 1000),
    dateSend: Math.floor(message.at / 1000),
    ...(hasAnswer ? { dateAnswer: Math.floor(clock.now() / 1000) } : {}),
  });

  const send = (request: ServiceRequest, isTest: boolean): ServiceAnswer => {
    const { number = '', text = '', sign = '' } = fieldsOf(request);
    const faults = {
      ...(/^[1-9]\d{9,14}$/.test(number) ? {} : { number: ['Неверный номер'] }),
      ...(text === '' ? { text: ['Обязательное поле'] } : {}),
      ...(signs.includes(sign) ? {} : { sign: ['Подпись не согласована'] }),
      ...(scene === 'refuses' ? { number: ['Номер в чёрном списке'] } : {}),
    };
    if (Object.keys(faults).length > 0) {
      return { status: 400, body: { success: false, data: faults, message: 'Validation error.' } };
    }
    if (scene === 'no-credits' || balance < costOf(text)) return { body: { result: 'no credits' } };
    if (scene === 'reject') return { body: { result: 'reject', reason: 'empty field' } };
    if (scene === 'broken') return { status: 500, body: { success: false, message: 'Internal error' } };
    const message = { id: 1000 + messages.length, number, text, sign, isTest, at: clock.now(), status: 8 };
    messages.push(message);
    if (!isTest) balance -= costOf(text);
    options.onMessage?.(message);
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { body: '<html>502</html>' };
    return { body: { success: true, data: view(message, false), message: null } };
  };

  const handle = (request: ServiceRequest): ServiceAnswer => {
    if (scene === 'locked-out' || !knowsBasic(request, login, apiKey)) {
      return { status: 401, body: { success: false, data: null, message: 'Incorrect login or api key.' } };
    }
    if (scene === 'throttles') {
      return { status: 429, headers: { 'retry-after': '7' }, body: { success: false, message: 'Too many' } };
    }
    const method = request.path.replace(/^\/v2\//, '');
    const isTest = method.startsWith('sms/test');
    const mine = messages.filter((message) => message.isTest === isTest);
    if (method === 'sms/send' || method === 'sms/testsend') return send(request, isTest);
    if (method === 'sms/status' || method === 'sms/teststatus') {
      const found = mine.find(({ id }) => String(id) === fieldsOf(request)['id']);
      return found
        ? { body: { success: true, data: view(found, true), message: null } }
        : { status: 400, body: { success: false, data: null, message: 'Message not found.' } };
    }
    if (method === 'sms/list' || method === 'sms/testlist') {
      return { body: pageOf(mine.toReversed(), request, (message) => view(message, true)) };
    }
    return otherMethods(method, balance, signs);
  };

  const service = await startHttpService(handle);
  return {
    url: `${service.url}/v2/`,
    login,
    apiKey,
    messages,
    play: (next) => {
      scene = next;
    },
    setStatus: (id, status) => {
      for (const message of messages) if (message.id === id) message.status = status;
    },
    stop: service.stop,
  };
}

const statusNames: Readonly<Record<number, string>> = {
  0: 'queue',
  1: 'delivery',
  2: 'not delivery',
  3: 'sent',
  4: 'waiting',
  6: 'reject',
  8: 'moderation',
};

function otherMethods(method: string, balance: number, signs: readonly string[]): ServiceAnswer {
  if (method === 'auth') return { body: { success: true, data: null, message: 'Successful authorization.' } };
  if (method === 'balance') return { body: { success: true, data: { balance }, message: null } };
  if (method === 'sign/list') {
    const list = signs.map((name, id) => ({ id, name, status: 1, extendStatus: 'active' }));
    return { body: { success: true, data: numbered(list, 1), message: null } };
  }
  return { status: 404, body: { success: false, data: null, message: 'Method not found.' } };
}

function pageOf<Row extends { readonly number: string; readonly text: string }>(
  rows: readonly Row[],
  request: ServiceRequest,
  view: (row: Row) => object,
): object {
  const { number, text } = fieldsOf(request);
  const page = Number(request.query.get('page') ?? '1');
  const found = rows.filter(
    (row) => (number === undefined || row.number === number) && (text === undefined || row.text === text),
  );
  const shown = found.slice((page - 1) * pageSize, page * pageSize).map(view);
  return { success: true, data: numbered(shown, Math.ceil(found.length / pageSize)), message: null };
}

/** Lists come as objects whose keys are numbers, with links among them. */
function numbered(rows: readonly object[], pages: number): object {
  return {
    ...Object.fromEntries(rows.map((row, at) => [String(at), row])),
    links: { self: 'page=1', first: 'page=1', last: `page=${pages}`, next: 'page=2' },
    totalCount: String(rows.length),
  };
}
