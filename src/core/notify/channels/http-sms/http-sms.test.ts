import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startHttpGateway } from '../../../../../test/support/fakes/http-gateway.ts';
import {
  describeRoute,
  hostileText,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import {
  startHttpService,
  type ServiceAnswer,
  type ServiceRequest,
} from '../../../training/services/http-service.ts';
import { fillTemplate } from './fill-template.ts';
import { createHttpSms } from './http-sms.ts';
import { findInAnswer } from './read-answer.ts';

const start: StartRig = async (parts) => {
  const service = await startHttpGateway();
  const fields = {
    url: `${service.url}/send`,
    headers: 'Authorization: Bearer {{password}}',
    body: '{"to": "{{phone}}", "text": "{{text}}"}',
    password: service.key,
    successAt: '/ok',
    idAt: '/data/0/id',
    costAt: '/data/0/price',
    errorAt: '/error/code',
    errorMap: 'blocked = address-refused\nauth = route-login-refused',
    statusUrl: `${service.url}/status/{{id}}`,
    statusAt: '/state',
    statusMap: 'DELIVRD = delivered\nUNDELIV = failed\n* = accepted',
    testUrl: `${service.url}/balance`,
  };
  return {
    driver: createHttpSms(parts, { routeId: 1, name: 'Шлюз', fields, proxy: '', timeoutMs: 9000 }),
    timeoutMs: 9000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: 3000,
    receipts: {
      by: 'poll',
      deliver: () => {
        for (const message of service.messages) message.status = 'DELIVRD';
      },
    },
    stop: service.stop,
  };
};

describeRoute('http-sms', start);

/** A gateway that answers every message with the given answer. */
async function gateway(answer: ServiceAnswer, fields: Readonly<Record<string, string>>) {
  const requests: ServiceRequest[] = [];
  const service = await startHttpService((request) => {
    requests.push(request);
    return answer;
  });
  onTestFinished(service.stop);
  const parts = { clock: createFakeClock(), random: createSeededRandom(1), log: silentLogger };
  const all = { url: `${service.url}/sms`, ...fields };
  const driver = createHttpSms(parts, { routeId: 1, name: 'x', fields: all, proxy: '', timeoutMs: 5000 });
  const { signal } = new AbortController();
  const send = (over = {}) => driver.send(makeDispatch({ dispatch: {} }, over), { wrote: () => {} }, signal);
  return { requests, send, driver, signal, url: service.url };
}

test('words of a message stay words in a form, whatever stands in them', async () => {
  const { requests, send } = await gateway(
    { body: 'OK 17' },
    {
      bodyType: 'form',
      body: 'to={{digits}}&msg={{text}}&from={{sender}}',
      sender: 'A&B=1',
      successPattern: '^OK',
      idAt: '^OK (\\d+)',
    },
  );

  const sent = await send({ text: `x&to=79990000000&admin=1 ${hostileText}` });

  const said = new URLSearchParams(requests[0]!.body);
  expect([...said.keys()]).toEqual(['to', 'msg', 'from']);
  expect(said.get('to')).toBe('79005550112');
  expect(said.get('from')).toBe('A&B=1');
  expect(said.get('msg')).toContain(hostileText);
  expect(sent).toMatchObject({ providerId: '17', status: 'accepted' });
});

test('words of a message stay words in an address, and cannot lead elsewhere', async () => {
  const { requests, send } = await gateway({ body: 'OK' }, { method: 'GET', url: '', successPattern: '^OK' });
  await expect(send()).rejects.toMatchObject({ details: { reason: 'route-not-set-up' } });

  const other = await gateway({ body: 'OK' }, { method: 'GET', successPattern: '^OK' });
  const parts = { clock: createFakeClock(), random: createSeededRandom(1), log: silentLogger };
  const fields = { method: 'GET', url: `${other.url}/send/{{number}}?text={{text}}`, numberForm: 'national' };
  const driver = createHttpSms(parts, { routeId: 1, name: 'x', fields, proxy: '', timeoutMs: 5000 });
  await driver.send(
    makeDispatch({ dispatch: {} }, { title: '', text: '../../?a=b#c' }),
    { wrote: () => {} },
    other.signal,
  );

  expect(requests).toHaveLength(0);
  expect(other.requests[0]).toMatchObject({ method: 'GET', path: '/send/89005550112' });
  expect(other.requests[0]!.query.get('text')).toBe('../../?a=b#c');
});

test('words of a message stay words in XML', () => {
  const filled = fillTemplate('<sms><text>{{text}}</text></sms>', 'xml', {
    text: '</text><to>1</to> & \u0000"\'\u001b',
  });

  expect(filled).toBe('<sms><text>&#60;/text&#62;&#60;to&#62;1&#60;/to&#62; &#38; &#34;&#39;</text></sms>');
});

test('words of a message stay words in JSON, and cannot add a field to it', async () => {
  const { requests, send } = await gateway({ body: { ok: 1 } }, { body: '{"t": "{{text}}"}' });

  await send({ title: '', text: '", "to": "79990000000' });

  expect(JSON.parse(requests[0]!.body)).toEqual({ t: '", "to": "79990000000' });
});

test('a header never grows a second one', async () => {
  const { requests, send } = await gateway(
    { body: 'OK' },
    {
      headers: 'X-Name: {{sender}}\nAuthorization: Basic {{basic}}',
      sender: 'a\r\nX-Evil: 1',
      login: 'щ',
      password: 'p',
    },
  );

  await send();

  expect(requests[0]!.headers['x-evil']).toBeUndefined();
  expect(requests[0]!.headers['x-name']).toBe('a X-Evil: 1');
  expect(requests[0]!.headers['authorization']).toBe(`Basic ${Buffer.from('щ:p').toString('base64')}`);
});

test.each([
  ['a name in braces that nobody knows', { body: '{"t": "{{txt}}"}' }],
  ['a body that is no JSON', { body: '{"t": {{text}}' }],
  ['a pattern that is none', { successPattern: '(' }],
])('%s is told by the test button before anything is sent', async (_name, fields) => {
  const { driver, signal, requests } = await gateway({ body: 'OK' }, fields);

  await expect(driver.test(signal)).rejects.toMatchObject({ details: { reason: 'route-not-set-up' } });
  expect(requests).toHaveLength(0);
});

test('a refusal written in the answer is read by its rule, and any other answer says nothing sure', async () => {
  const rules = {
    successPattern: '^OK',
    errorAt: '^ERROR=(\\d+)',
    errorMap: '3 = route-no-money\n7 = address-refused',
  };
  const money = await gateway({ body: 'ERROR=3 (no money)' }, rules);
  const other = await gateway({ body: 'ERROR=99' }, rules);
  const unclear = await gateway({ body: 'Принято, наверное' }, rules);
  const plainNo = await gateway({ body: { ok: false } }, { successAt: '/ok' });

  await expect(money.send()).rejects.toMatchObject({
    details: { reason: 'route-no-money', certainty: 'not-sent' },
  });
  await expect(other.send()).rejects.toMatchObject({
    details: { reason: 'message-refused', certainty: 'refused' },
  });
  await expect(unclear.send()).rejects.toMatchObject({ details: { certainty: 'unknown' } });
  await expect(plainNo.send()).rejects.toMatchObject({ details: { certainty: 'refused' } });
});

test('without a call for statuses nothing but acceptance is promised', async () => {
  const { driver } = await gateway({ body: 'OK' }, {});

  expect(driver.receipts).toEqual(['accepted']);
  expect(driver.poll).toBeUndefined();
});

test.each([
  ['/a/b', '{"a":{"b":7}}', '7'],
  ['/a/1', '{"a":["x","y"]}', 'y'],
  ['/a~1b', '{"a/b":true}', 'true'],
  ['/__proto__/x', '{"a":1}', undefined],
  ['/a', '{"a":null}', undefined],
  ['id=(\\w+)', 'ok id=f00 cnt=1', 'f00'],
  ['/a', 'not json', undefined],
])('%s finds in %s what stands there', (where, text, value) => {
  expect(findInAnswer(text, where)).toBe(value);
});
