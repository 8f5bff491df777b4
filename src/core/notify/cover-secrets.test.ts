import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createScriptedDriver } from '../../../test/support/scripted-driver.ts';
import { silentLogger } from '../platform/logger.ts';
import { createSeededRandom } from '../training/seeded-random.ts';
import { createBotDriver } from './channels/bot/bot-driver.ts';
import { coverSecrets } from './cover-secrets.ts';

const token = '123456:bot-token-of-the-desk';

test('the token of a bot is in nothing that is told, though a proxy quotes the address it refuses', async () => {
  const server = createServer((request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' });
    response.end(`<p>The requested URL ${request.url} was not found</p>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const fields = { baseUrl: `http://127.0.0.1:${port}`, token };
  const config = { routeId: 1, name: 'Бот', fields, proxy: '', timeoutMs: 9000 };
  const parts = { clock: createFakeClock(), random: createSeededRandom(7), log: silentLogger };
  const driver = coverSecrets('bot', config, createBotDriver(parts, config));

  const refused = await driver.test(new AbortController().signal).catch((thrown: unknown) => thrown);

  const { details } = refused as { readonly details: { readonly raw: string } };
  expect(details.raw).toContain('/bot***/getMe was not found');
  expect(JSON.stringify(details)).not.toContain(token);
});

test('what a service says of a message names no password, its proxy’s neither', async () => {
  const config = {
    routeId: 1,
    name: 'Шлюз',
    fields: { login: 'desk', apiKey: 'key/of=gateway' },
    proxy: 'http://desk:p%40ssword@proxy.example:3128',
    timeoutMs: 9000,
  };
  const scripted = createScriptedDriver({ polls: true, finds: true });
  const driver = coverSecrets('smsaero', config, scripted);
  const raw = 'taken with key/of=gateway and key%2Fof%3Dgateway by p@ssword';
  scripted.tell('taken-1', { status: 'delivered', raw });
  scripted.found({ status: 'accepted', raw, providerId: '7' });
  const asked = { uuid: 'u', address: 'a', providerId: 'taken-1', sentAt: 0, text: '' };
  const { signal } = new AbortController();

  const said = JSON.stringify([await driver.poll!([asked], signal), await driver.find!(asked, signal)]);

  expect(said).toContain('taken with *** and *** by ***');
  expect(said).not.toContain('gateway');
});

test('what a route cannot do it cannot do with its secrets covered', () => {
  const config = { routeId: 1, name: 'Шлюз', fields: {}, proxy: '', timeoutMs: 9000 };
  const { listen: _listen, ...deaf } = createScriptedDriver();
  const driver = coverSecrets('smsaero', config, deaf);

  expect([driver.poll, driver.find, driver.listen]).toEqual([undefined, undefined, undefined]);
});
