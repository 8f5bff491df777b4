/**
 * `node tools/whatsapp-relay.ts`: keeps WhatsApp webhooks until a desk behind a router fetches them. Runs anywhere with
 * Node 24 and no packages; docs/whatsapp-relay.md says how it is set up.
 */
import { startRelay } from './relay/relay-server.ts';

const needed = (name: string): string => {
  const value = process.env[name] ?? '';
  if (value === '') throw new Error(`${name} is not set; see docs/whatsapp-relay.md`);
  return value;
};

try {
  const { RELAY_HOST = '127.0.0.1', RELAY_PORT = '8787', RELAY_APP_SECRET } = process.env;
  const relay = await startRelay({
    host: RELAY_HOST,
    port: Number(RELAY_PORT),
    directory: needed('RELAY_DIRECTORY'),
    verifyToken: needed('RELAY_VERIFY_TOKEN'),
    readToken: needed('RELAY_READ_TOKEN'),
    ...(RELAY_APP_SECRET === undefined ? {} : { appSecret: RELAY_APP_SECRET }),
  });
  console.log(`The relay listens at http://${RELAY_HOST}:${relay.port}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void relay.stop());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
