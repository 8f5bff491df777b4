import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operations } from './operations.ts';

/** The operations over HTTP, for tests that run the servers in a process of their own. Loopback only. */
export async function startControlServer(operations: Operations) {
  const byName = new Map(Object.entries(operations));
  const perform = async (request: IncomingMessage): Promise<unknown> => {
    const name = (request.url ?? '').slice(1);
    const operation = byName.get(name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    const body = await readBody(request);
    const argument: unknown = body === '' ? {} : JSON.parse(body);
    // Each operation declares its one argument; the typed client on the other side is what keeps to it.
    return (operation as (argument: unknown) => unknown)(argument);
  };
  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    perform(request).then(
      (result) => answer(200, { result }),
      (error: unknown) => answer(400, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // A client asks again after any pause: on a line that closes at that moment the question would be lost.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
